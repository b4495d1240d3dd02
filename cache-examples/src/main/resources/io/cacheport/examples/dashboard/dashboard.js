"use strict";

/* The page: asks /live once a second and draws what it says. No library, nothing from elsewhere. */

const SECONDS = 180;
const REASONS = {
  not_connected: "Redis does not answer. Reads go to the database; what changes is noted and made up for later.",
  circuit_open: "The circuit breaker is open. Redis is not asked until a probe finds it well; reads go to the database.",
  circuit_forced_open: "Somebody has opened the circuit breaker. Redis is not asked until it is released.",
  invalidations_pending: "Redis is back. Invalidations made meanwhile are carried out before it is trusted.",
  near_not_served: "The near cache has no proof that its copies are current. Everything is read from Redis.",
  hit_rate_low: "The cache works, but fewer reads hit than asked for.",
};

const byId = id => document.getElementById(id);
const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const compact = value => value < 10 ? number(value, 1) : number(value);
const percent = share => share == null ? "–" : number(share * 100, 1);
const millis = value => value < 10 ? number(value, 2) : value < 100 ? number(value, 1) : number(value);
const clock = at => new Date(at).toLocaleTimeString("en-GB");

/* ---- charts ---- */

const SVG = "http://www.w3.org/2000/svg";

function node(parent, name, attributes = {}, text = "") {
  const element = parent.namespaceURI === SVG || name === "svg"
    ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  parent.append(element);
  return element;
}

/* A round number at or above the highest value, so that the scale does not jump with each sample. */
function roundUp(value, least) {
  const top = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(top));
  return [1, 2, 4, 5, 8, 10].map(step => step * power).find(step => step >= top * 0.999);
}

class Card {
  constructor(parent, { id, title, unit, series, format, least = 1, top = null, log = null, note, figure }) {
    Object.assign(this, { title, unit, series, format, least, top, log, note, figure });
    const card = node(parent, "article", { class: "card", id, "aria-labelledby": `${id}-title` });
    node(card, "h3", { id: `${id}-title` }, title);
    this.value = node(card, "p", { class: "figure" }, "–");
    this.words = node(card, "p", { class: "note" });
    this.svg = node(card, "svg", { role: "img", "aria-label": title });
    this.legend = node(card, "p", { class: "legend", "aria-hidden": "true" });
    this.svg.addEventListener("pointermove", event => this.point(event.offsetX));
    this.svg.addEventListener("pointerleave", () => this.point(null));
  }

  show(live, samples) {
    this.live = live;
    this.samples = samples;
    this.value.textContent = this.figure(live);
    if (this.unit && this.value.textContent !== "–") node(this.value, "small", {}, ` ${this.unit}`);
    this.words.textContent = this.note(live);
    this.draw();
  }

  point(x) {
    this.cursor = x;
    if (this.samples) this.draw();
  }

  draw() {
    const { samples, svg } = this;
    const width = svg.clientWidth || 300, height = 132, left = 38, bottom = 18, above = 8;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren();
    const end = samples.length ? samples[samples.length - 1].at : Date.now();
    const x = at => left + (width - left - 4) * (1 - (end - at) / (SECONDS * 1000));
    const values = this.series.flatMap(line => samples.map(line.of)).filter(value => value != null);
    const { ticks, share } = this.scale(Math.max(0, ...values));
    const y = value => above + (height - above - bottom) * (1 - Math.max(0, Math.min(1, share(value))));

    this.shade(samples, x, above, height - bottom);
    for (const tick of ticks) {
      node(svg, "line", { class: "grid", x1: left, x2: width, y1: y(tick), y2: y(tick) });
      node(svg, "text", { class: "tick", x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, this.format(tick, true));
    }
    for (const [ago, text, anchor] of [[SECONDS, "3 min ago", "start"], [0, "now", "end"]]) {
      node(svg, "text", { class: "tick", x: x(end - ago * 1000), y: height - 4, "text-anchor": anchor }, text);
    }
    this.series.forEach((line, index) => this.line(line, index, samples, x, y, height - bottom));
    this.labels(samples, x, width, above, height - bottom);
  }

  /* How high a value stands, as a share of the height, and the lines to compare it with. */
  scale(highest) {
    if (this.log == null) {
      const top = this.top ?? roundUp(highest, this.least);
      return { ticks: [0, top / 2, top], share: value => value / top };
    }
    const low = Math.log10(this.log), high = Math.ceil(Math.log10(Math.max(highest, this.least)));
    const ticks = [];
    for (let power = low; power <= high; power++) ticks.push(10 ** power);
    return { ticks, share: value => (Math.log10(Math.max(value, this.log)) - low) / (high - low) };
  }

  /* The seconds in which the cache was degraded. */
  shade(samples, x, above, below) {
    let from = null;
    samples.forEach((sample, index) => {
      if (sample.degraded && from == null) from = sample.at - 1000;
      const last = index === samples.length - 1;
      if (from != null && (!sample.degraded || last)) {
        const until = sample.degraded ? sample.at : sample.at - 1000;
        const start = Math.max(x(from), x(samples[0].at));
        node(this.svg, "rect", { class: "ill", x: start, width: Math.max(0, x(until) - start), y: above, height: below - above });
        from = null;
      }
    });
  }

  line(line, index, samples, x, y, ground) {
    let path = "", run = [];
    const flush = () => {
      const points = run.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`);
      if (points.length) path += "M" + points.join("L");
      if (points.length > 1 && index === 0 && this.log == null) {
        const area = `M${run[0][0].toFixed(1)} ${ground}L${points.join("L")}L${run[run.length - 1][0].toFixed(1)} ${ground}Z`;
        node(this.svg, "path", { class: "area s0", d: area });
      }
      run = [];
    };
    for (const sample of samples) {
      const value = line.of(sample);
      if (value == null) flush(); else run.push([x(sample.at), y(value)]);
    }
    flush();
    if (path) node(this.svg, "path", { class: `line ${line.bound ? "sb bound" : `s${index}`}`, d: path });
  }

  /* What the lines say at the pointer, or now. */
  labels(samples, x, width, above, below) {
    let sample = samples[samples.length - 1];
    if (this.cursor != null && samples.length) {
      sample = samples.reduce((best, one) =>
        Math.abs(x(one.at) - this.cursor) < Math.abs(x(best.at) - this.cursor) ? one : best);
      node(this.svg, "line", { class: "cursor", x1: x(sample.at), x2: x(sample.at), y1: above, y2: below });
    }
    this.legend.replaceChildren();
    if (!sample) return;
    const said = [];
    this.series.forEach((line, index) => {
      const value = line.of(sample);
      const text = value == null ? "–" : this.format(value);
      const label = node(this.legend, "span", { class: line.bound ? "sb" : `s${index}` }, `${line.label} `);
      node(label, "b", {}, text);
      said.push(`${line.label} ${text}`);
    });
    if (this.cursor != null) node(this.legend, "i", {}, clock(sample.at));
    else this.svg.setAttribute("aria-label", `${this.title}, last three minutes; now ${said.join(", ")}`);
  }
}

const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

const CARDS = [
  {
    id: "hit-rate", title: "Hit rate", unit: "%", top: 1,
    format: (v, tick) => tick ? `${number(v * 100)}%` : `${percent(v)} %`,
    series: [{ label: "hits of reads", of: s => s.hitRate }],
    figure: live => percent(live.rates.hitRate),
    note: live => {
      const minutes = Object.entries(live.rates.hitRateByMinutes).map(([m, rate]) => `${m} min ${percent(rate)} %`);
      return minutes.length ? minutes.join(" · ") : "last ten seconds";
    },
  },
  {
    id: "latency", title: "Request latency, p99", unit: "ms", least: 100, log: 0.1,
    format: (v, tick) => tick ? number(v, v < 1 ? 1 : 0) : `${millis(v)} ms`,
    series: [{ label: "p50", of: s => s.p50 }, { label: "p95", of: s => s.p95 }, { label: "p99", of: s => s.p99 }],
    figure: live => millis(live.latency.p99),
    note: live => `half are answered within ${millis(live.latency.p50)} ms`,
  },
  {
    id: "operations", title: "Cache operations", unit: "/s", least: 10,
    format: (v, tick) => tick ? number(v) : `${number(v)}/s`,
    series: [{ label: "operations", of: s => s.operationsPerSecond }, { label: "requests", of: s => s.requestsPerSecond }],
    figure: live => number(live.rates.operationsPerSecond),
    note: live => `${number(live.rates.requestsPerSecond)} requests/s, ${plural(live.totals.failures, "request", "requests")} failed`,
  },
  {
    id: "saved", title: "Database queries saved", unit: "%", least: 10,
    format: (v, tick) => tick ? number(v) : `${number(v)}/s`,
    series: [{ label: "reads without a query", of: s => s.savedPerSecond }, { label: "queries", of: s => s.queriesPerSecond }],
    figure: live => live.saved.reads ? percent(live.saved.share) : "–",
    note: live => `${number(live.saved.reads - live.saved.asked)} of ${number(live.saved.reads)} reads asked no database`,
  },
  {
    id: "staleness", title: "Near-cache staleness", unit: "ms", least: 100,
    format: (v, tick) => tick ? number(v) : `${number(v)} ms`,
    series: [{ label: "copies at most this old", of: s => s.stalenessMillis }, { label: "bound", bound: true, of: null }],
    figure: live => live.near?.stalenessMillis == null ? "–" : number(live.near.stalenessMillis),
    note: live => !live.near ? "no near cache"
      : live.near.stalenessMillis == null ? "nothing is served near"
      : `bound ${number(live.near.boundMillis)} ms · ${percent(live.near.hitShare)} % of reads hit near`,
  },
  {
    id: "journal", title: "Invalidations waiting", unit: "", least: 4,
    format: v => number(v),
    series: [{ label: "in the journal", of: s => s.journal }],
    figure: live => number(live.journal.pending),
    note: live => `${number(live.journal.replayed)} made up for, ${number(live.journal.lost)} lost`,
  },
];

/* ---- state ---- */

let samples = [];
let cards = [];
let token = null;
let live = null;

function ago(since) {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  return seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

/* Only what is different is written, so that a reader of the screen is not told the same each second. */
function write(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
  return element;
}

function showState() {
  const { health, store, near, totals } = live;
  byId("status").dataset.state = health.status;
  write("state", health.status === "healthy" ? "Healthy" : "Degraded");
  write("reason", health.reason ? REASONS[health.reason] ?? health.reason
    : "The service is answered from its cache.");
  const redis = !store.alive ? "killed" : store.connected ? "connected" : "no answer";
  write("connection", redis).classList.toggle("bad", redis !== "connected");
  const states = Object.values(store.circuits);
  write("store", states.length ? "Redis" : "Store");
  const worst = states.find(state => state.endsWith("open")) ?? states[0] ?? "none";
  write("circuit", worst.replace("_", " ")).classList.toggle("bad", worst.endsWith("open"));
  const coherence = near ? near.coherence.replace("_", " ") : "none";
  const served = near && near.stalenessMillis != null;
  write("near", near && !served ? "not served" : coherence).classList.toggle("bad", Boolean(near && !served));
  write("keys", totals.keys < 0 ? "unknown" : number(totals.keys));
  write("service", `${live.service} · ${health.status} for ${ago(health.since)}`);
  document.title = `${health.status === "healthy" ? "" : "Degraded: "}CachePort`;
}

function showButtons() {
  const locked = !token || !live;
  for (const button of document.querySelectorAll(".controls [type=button]")) button.disabled = locked;
  byId("token-form").hidden = Boolean(token);
  const why = live?.store.notKillable;
  const hint = token ? why : "The buttons need the token that the service printed when it started.";
  write("hint", hint ?? "").hidden = !hint;
  if (!live) return;
  byId("kill").disabled = locked || Boolean(why) || !live.store.alive;
  byId("restart").disabled = locked || Boolean(why);
  const unguarded = !Object.keys(live.store.circuits).length;
  for (const id of ["open", "close", "release"]) byId(id).disabled = locked || unguarded;
  byId("kill").title = byId("restart").title = why ?? "";
  byId("visitors").setAttribute("aria-pressed", String(live.visitors));
  byId("visitors").dataset.to = live.visitors ? "/demo/visitors/stop" : "/demo/visitors/start";
}

function showHappenings() {
  const list = byId("happenings");
  const key = live.happenings.map(h => h.at + h.what).join();
  if (list.dataset.key === key && list.children.length) return;
  list.dataset.key = key;
  list.replaceChildren();
  if (!live.happenings.length) node(list, "li", { class: "none" },
    live.store.notKillable ? "Nothing yet." : "Nothing yet. Kill Redis, and watch the service go on.");
  for (const { at, what } of live.happenings) {
    const item = node(list, "li");
    node(item, "time", { datetime: new Date(at).toISOString() }, clock(at));
    node(item, "span", {}, what);
  }
}

function showTotals() {
  const t = live.totals;
  const facts = [["Requests", t.requests], ["Failed requests", t.failures], ["Database queries", t.queries],
    ["Cache hits", t.hits], ["Cache misses", t.misses], ["Cache errors", t.errors]];
  const list = byId("totals");
  list.replaceChildren();
  for (const [name, value] of facts) {
    const pair = node(list, "div");
    node(pair, "dt", {}, name);
    node(pair, "dd", {}, number(value));
  }
}

function show(answer) {
  live = answer;
  samples = samples.concat(answer.samples).slice(-SECONDS);
  const bound = answer.near ? answer.near.boundMillis : null;
  CARDS.find(card => card.id === "staleness").series[1].of = () => bound;
  showState();
  showButtons();
  showHappenings();
  showTotals();
  for (const card of cards) card.show(answer, samples);
}

function showSilence() {
  byId("status").dataset.state = "silent";
  write("state", "No answer");
  write("reason", "The service itself does not answer. What is below is the last that was heard.");
  document.title = "No answer: CachePort";
}

async function ask() {
  const after = samples.length ? samples[samples.length - 1].at : 0;
  try {
    const response = await fetch(`/live?after=${after}`, { cache: "no-store" });
    if (!response.ok) throw new Error(`status ${response.status}`);
    show(await response.json());
  } catch (failure) {
    showSilence();
  }
  setTimeout(ask, 1000);
}

/* ---- buttons ---- */

let silence = null;

function say(text, bad = false) {
  write("message", text).classList.toggle("bad", bad);
  clearTimeout(silence);
  silence = setTimeout(() => write("message", ""), bad ? 10000 : 5000);
}

function sentence(answer) {
  if (answer.error) return answer.error;
  if (answer.removed != null) return `Flushed ${plural(answer.removed, "entry", "entries")}.`;
  if (answer.done) return `${answer.done}.`;
  return "Done.";
}

/* The answer's JSON; null if there was none or the token was refused, which the page has said then. */
async function call(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      cache: "no-store",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body ? JSON.stringify(body) : null,
    });
    if (response.status === 401) {
      forget();
      say("Refused: the token is wrong. Nothing was done.", true);
      return null;
    }
    return await response.json();
  } catch (failure) {
    say("The service did not answer.", true);
    return null;
  }
}

async function post(path, body) {
  const answer = await call("POST", path, body);
  if (answer) say(sentence(answer), Boolean(answer.error));
}

const pause = time => new Promise(done => setTimeout(done, time));

/* Starts every warming there is, and tells how they ended. */
async function warm() {
  const names = Object.keys(await call("GET", "/admin/cache/warm") ?? {});
  for (const name of names) {
    if (!await call("POST", "/admin/cache/warm", { warming: name })) return;
  }
  if (!names.length) return;
  say("Warming.");
  let all = [];
  do {
    await pause(250);
    all = Object.values(await call("GET", "/admin/cache/warm") ?? {});
  } while (all.some(one => one.running));
  const sum = field => all.reduce((total, one) => total + one[field], 0);
  const ill = all.some(one => one.failure) || sum("failed") > 0;
  say(ill ? `Not all could be warmed: ${plural(sum("failed"), "value", "values")} failed.`
    : `Warmed ${plural(sum("asked"), "value", "values")}: ${number(sum("loaded"))} loaded, ${number(sum("found"))} there already.`, ill);
}

async function showTop() {
  if (token && live) {
    const answer = await call("GET", "/admin/cache/top?most=8");
    const list = byId("top");
    if (answer) list.replaceChildren();
    for (const { key, requests } of answer?.byTraffic ?? []) {
      const item = node(list, "li");
      node(item, "code", { title: key }, key);
      node(item, "b", {}, number(requests));
    }
    if (answer && !list.children.length) node(list, "li", { class: "none" }, answer.error ?? "None yet.");
  }
  setTimeout(showTop, 5000);
}

function keep(text) {
  token = text;
  sessionStorage.setItem("token", text);
  showButtons();
}

function forget() {
  token = null;
  sessionStorage.removeItem("token");
  showButtons();
}

/* The fragment is never sent to a server; it leaves the address too, so that it is not copied by accident. */
function readToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) history.replaceState(null, "", location.pathname);
  const kept = given ?? sessionStorage.getItem("token");
  if (kept) keep(kept);
}

function start() {
  cards = CARDS.map(card => new Card(byId("cards"), card));
  for (const button of document.querySelectorAll("button[data-post]")) {
    button.addEventListener("click", () =>
      post(button.dataset.post, button.id === "flush" ? { pattern: byId("pattern").value } : null));
  }
  byId("warm").addEventListener("click", warm);
  byId("visitors").addEventListener("click", event => post(event.currentTarget.dataset.to));
  byId("token-form").addEventListener("submit", event => {
    event.preventDefault();
    if (byId("token").value) keep(byId("token").value);
    byId("token").value = "";
  });
  addEventListener("hashchange", readToken);
  addEventListener("resize", () => cards.forEach(card => card.samples && card.draw()));
  readToken();
  showButtons();
  ask();
  setTimeout(showTop, 1500);
}

start();
