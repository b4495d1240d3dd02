package io.cacheport.simulation;

import java.util.List;

/** Each line that keeps a promise, without it. */
final class Mutants {

    private static final String LOADING = "io.cacheport.aside.Loading";
    private static final String BULK = "io.cacheport.aside.BulkLoading";
    private static final String FLIGHT = "io.cacheport.aside.Flight";
    private static final String FLIGHTS = "io.cacheport.aside.Flights";
    private static final String RENEWAL = "io.cacheport.aside.LeaseRenewal";
    private static final String STORE = "io.cacheport.inmemory.Store";

    private Mutants() {}

    static List<Mutant> all() {
        return List.of(
                // leases in the store
                Mutant.of(
                        "a fill does not look at the token",
                        STORE,
                        "(k, entry) -> isOf(lease, entry) ? filled : entry)",
                        "(k, entry) -> filled)"),
                Mutant.of(
                        "a fill does not look whether anything is there",
                        STORE,
                        "return entries.asMap().computeIfPresent(lease.key(), (k, entry) -> isOf(lease, entry) ? filled : entry)",
                        "return entries.asMap().compute(lease.key(), (k, entry) -> filled)"),
                Mutant.of(
                        "a lease fills when its time is over",
                        STORE,
                        "return lease.equals(entry.lease()) && clock.isAhead(entry.deadline());",
                        "return lease.equals(entry.lease());"),
                Mutant.of(
                        "a lease outlives del",
                        STORE,
                        "Entry entry = entries.asMap().remove(key);",
                        "Entry entry = find(key) == null ? null : entries.asMap().remove(key);"),
                Mutant.of(
                        "a lease outlives flush",
                        STORE,
                        "if (matches.test(key) && remove(key)) {",
                        "if (matches.test(key) && find(key) != null && remove(key)) {"),
                Mutant.of(
                        "a leased key is leased again",
                        STORE,
                        "(entry, made) -> entry != inTheWay && clock",
                        "(entry, made) -> entry.isValue() && entry != inTheWay && clock"),
                Mutant.of(
                        "a lease never ends by itself",
                        STORE,
                        "entry != inTheWay && clock.isAhead(entry.deadline()) ? entry : made",
                        "entry != inTheWay && (!entry.isValue() || clock.isAhead(entry.deadline())) ? entry : made"),
                Mutant.of("a renewal brings an ended lease back", STORE, "                && isOf(lease, entry)\n", ""),
                Mutant.of(
                        "a release ends another's lease",
                        STORE,
                        "return entry != null && isOf(lease, entry) && entries.asMap().remove(lease.key(), entry);",
                        "return entry != null && entries.asMap().remove(lease.key(), entry);"),
                Mutant.of(
                        "a value is served when its time is over",
                        STORE,
                        "entry.isValue() && clock.isAhead(entry.deadline()) ? entry : null",
                        "entry.isValue() ? entry : null"),
                // one load
                Mutant.of(
                        "a load that failed keeps its lease",
                        LOADING,
                        "            if (!loaded) {\n",
                        "            if (false) {\n"),
                Mutant.of(
                        "a loaded null keeps its lease",
                        LOADING,
                        "return ttl == null ? from.release(lease) :",
                        "return ttl == null ? true :"),
                Mutant.of(
                                "the lease is taken after the load",
                                LOADING,
                                "LeaseAnswer<T> answer = lookup.mayStore() ? take(leases) : null;",
                                "T early = load(id, flight, argument, loader);"
                                        + "LeaseAnswer<T> answer = lookup.mayStore() ? take(leases) : null;")
                        .and("T value = load(leases, granted.lease(), argument, loader);", "T value = early;"),
                Mutant.of(
                        "an ill cache is asked again",
                        LOADING,
                        "LeaseAnswer<T> answer = lookup.mayStore() ? take(leases) : null;",
                        "LeaseAnswer<T> answer = take(leases);"),
                Mutant.of(
                        "the cache's exception reaches the caller",
                        LOADING,
                        "return null; // and logged where it happened (L9)",
                        "throw ill;"),
                Mutant.of(
                        "a fill without an answer counts as done",
                        LOADING,
                        "return false; // it is not asked again (A11): the lease ends by itself",
                        "return true;"),
                Mutant.of("a lease is waited for without end", LOADING, "if (left <= 0) {", "if (false) {"),
                Mutant.of("a flight does not say that it fills", LOADING, "        flight.filling();\n", ""),
                Mutant.of(
                        "no lease is renewed",
                        RENEWAL,
                        "Time.here().every(PAUSE_NANOS, this::renew)",
                        "Time.here().every(PAUSE_NANOS, () -> {})"),
                Mutant.of("a renewal goes on when its load has ended", RENEWAL, "        over = true;\n", ""),
                Mutant.of("a renewal is never cancelled", RENEWAL, "        task.cancel(false);\n", ""),
                // those who share a load
                Mutant.of(
                        "each caller asks for itself",
                        FLIGHTS,
                        "Flight other = RUNNING.putIfAbsent(id, mine);",
                        "Flight other = null;"),
                Mutant.of("a joiner keeps a refused value", FLIGHT, "(current && joinedInTime)", "joinedInTime"),
                Mutant.of(
                        "a joiner takes what was looked up before it came",
                        FLIGHTS,
                        "if (other.isFor(inTime, waited)) {",
                        "if (other.isFor(inTime, true)) {"),
                Mutant.of(
                        "another's interrupt is a joiner's",
                        FLIGHTS,
                        "flight.failed(failure, isInterrupt(failure));",
                        "flight.failed(failure, false);"),
                Mutant.of(
                        "a joiner does not hear of a failure",
                        FLIGHTS,
                        "            flight.failed(failure, isInterrupt(failure));\n",
                        ""),
                Mutant.of("a flight stays in the table", FLIGHTS, "        RUNNING.remove(id, flight);\n", ""),
                Mutant.of(
                        "a flight ends before it has left the table",
                        FLIGHTS,
                        "        RUNNING.remove(id, flight);\n        flight.end();\n",
                        "        flight.end();\n        Time.here().pause(1);\n        RUNNING.remove(id, flight);\n"),
                Mutant.of("a flight does not end", FLIGHTS, "        flight.end();\n", ""),
                Mutant.of(
                        "a load inside a load waits for ever",
                        FLIGHTS,
                        "if (!Loading.isInsideALoad()) {",
                        "if (true) {"),
                // many keys
                Mutant.of(
                        "a bulk load does not say that it fills",
                        BULK,
                        "            flights.values().forEach(Flight::filling);\n",
                        ""),
                Mutant.of(
                        "a bulk load's refused value counts as current",
                        BULK,
                        "leases == null || (lease != null && current.contains(lease))",
                        "true"),
                Mutant.of(
                        "a bulk load stores what it has no lease for",
                        BULK,
                        "current = CacheCalls.fillAll(leases, fills);",
                        "current = CacheCalls.fillAll(leases, fills);"
                                + "missing.stream().filter(key -> !granted.containsKey(key)).forEach("
                                + "key -> CacheCalls.store(cache, policy, key, loaded.get(keyOf(key))));"),
                Mutant.of(
                        "a bulk load waits for others while others wait for it",
                        BULK,
                        "Set<String> missing = leases == null ? look() : take(leases);",
                        "for (String key : loadedByOthers) { found(key, awaited(key)); } loadedByOthers.clear();"
                                + "Set<String> missing = leases == null ? look() : take(leases);"),
                Mutant.of(
                        "a bulk load loads what another process loads",
                        BULK,
                        "                loadedByOthers.add(key);\n                flightOf(key).givenUp();\n                end(key);\n",
                        ""),
                Mutant.of(
                        "a bulk load that failed keeps its leases",
                        BULK,
                        "if (!succeeded && leases != null) {",
                        "if (false) {"),
                Mutant.of(
                        "what a bulk load gave up counts as found",
                        BULK,
                        "                flightOf(key).givenUp();\n",
                        "                flightOf(key).succeeded(null, true);\n"));
    }
}
