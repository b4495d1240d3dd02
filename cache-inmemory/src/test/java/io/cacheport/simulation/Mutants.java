package io.cacheport.simulation;

import java.util.List;
import java.util.stream.Stream;

/** Each line that keeps a promise, without it. */
final class Mutants {

    private static final String LOADING = "io.cacheport.aside.Loading";
    private static final String LOAD = "io.cacheport.aside.Load";
    private static final String BULK = "io.cacheport.aside.BulkLoading";
    private static final String FLIGHT = "io.cacheport.aside.Flight";
    private static final String FLIGHTS = "io.cacheport.aside.Flights";
    private static final String RENEWAL = "io.cacheport.aside.LeaseRenewal";
    private static final String STORE = "io.cacheport.inmemory.Store";

    private Mutants() {}

    static List<Mutant> all() {
        return Stream.concat(first().stream(), LaterMutants.all().stream()).toList();
    }

    private static List<Mutant> first() {
        return List.of(
                // leases in the store
                Mutant.of(
                        "a fill does not look at the token",
                        STORE,
                        "return change(lease.key(), entry -> isOf(lease, entry) ? filled : entry);",
                        "return change(lease.key(), entry -> filled);"),
                Mutant.of(
                        "a fill does not look whether anything is there",
                        STORE,
                        "return change(lease.key(), entry -> isOf(lease, entry) ? filled : entry);",
                        "entries.asMap().putIfAbsent(lease.key(), filled);"
                                + "return change(lease.key(), entry -> entry == filled || isOf(lease, entry) ? with(filled, filled.beside()) : entry);"),
                Mutant.of(
                        "a lease fills when its time is over",
                        STORE,
                        "        if (!isThere(entry)) {\n            return false;\n        }\n",
                        ""),
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
                        "entry != inTheWay && isThere(entry) ? entry : made",
                        "entry.isValue() && entry != inTheWay && isThere(entry) ? entry : made"),
                Mutant.of(
                        "a lease never ends by itself",
                        STORE,
                        "entry != inTheWay && isThere(entry) ? entry : made",
                        "entry != inTheWay && (!entry.isValue() || isThere(entry)) ? entry : made"),
                Mutant.of(
                        "a renewal takes another's lease",
                        STORE,
                        "            if (!isOf(lease, entry)) {\n                return entry;\n            }\n            Beside beside = entry.beside();\n            return beside == null\n                    ? entryOf(lease.key(), null, nanos, entry.occupant(), null)",
                        "            Beside beside = entry.beside();\n            return beside == null\n                    ? entryOf(lease.key(), null, nanos, new Occupant.Leased(lease), null)"),
                Mutant.of(
                        "a release ends another's lease",
                        STORE,
                        "            if (!isOf(lease, entry)) {\n                return entry;\n            }\n            Beside beside = entry.beside();\n            return beside == null ? null :",
                        "            Beside beside = entry.beside();\n            return beside == null ? null :"),
                Mutant.of(
                        "a value is served when its time is over",
                        STORE,
                        "        return isThere(entry) && (entry.isPlain() ||",
                        "        return (entry.isPlain() ||"),
                // one load
                Mutant.of(
                        "a load that failed keeps its lease",
                        LOAD,
                        "            CacheCalls.release(from, live);\n        }\n        flight.failed(",
                        "        }\n        flight.failed("),
                Mutant.of(
                        "a loaded null keeps its lease",
                        LOAD,
                        "boolean current = from.release(live);",
                        "boolean current = true;"),
                Mutant.of(
                        "the lease is taken after the load",
                        LOADING,
                        "                LeaseAnswer<T> answer = take(from, waitedFrom);\n                if (answer instanceof Granted<T> granted) {\n                    return load(Load.leased(flight, call, from, granted.lease(), null));",
                        "                T early = call.load(new LoadContext<>(policy, null));\n                LeaseAnswer<T> answer = take(from, waitedFrom);\n                if (answer instanceof Granted<T> granted) {\n                    Call<A, T, X> loaded = new Call<>(id.cache(), id.key(), call.type, policy, null, none -> early);\n                    return load(Load.leased(flight, loaded, from, granted.lease(), null));"),
                Mutant.of(
                        "an ill cache is asked again",
                        LOADING,
                        "                return load(Load.unstored(flight, call, null));\n            }\n            CacheResult",
                        "            }\n            CacheResult"),
                Mutant.of(
                        "the cache's exception reaches the caller",
                        LOADING,
                        "                flight.foundCacheIll();\n                return null; // and logged where it happened (L9)",
                        "throw ill;"),
                Mutant.of(
                        "a fill without an answer counts as done",
                        LOAD,
                        "return false; // it is not asked again (A11): the lease ends by itself",
                        "return true;"),
                Mutant.of(
                        "a lease is waited for without end",
                        LOADING,
                        "            long left = LONGEST_WAIT.toNanos() - (Time.here().nanoTime() - waitedFrom);",
                        "            long left = LONGEST_WAIT.toNanos();"),
                Mutant.of(
                        "a flight does not say that it fills",
                        LOAD,
                        "        flight.filling();\n        try {\n",
                        "        try {\n"),
                Mutant.of(
                        "a failure is shared with who comes after it",
                        LOAD,
                        "        flight.filling();\n        if (fallback",
                        "        if (fallback"),
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
                Mutant.of("a joiner keeps a refused value", FLIGHT, "(current || loadFailed)", "true"),
                Mutant.of(
                        "a joiner takes what was looked up before it came",
                        FLIGHTS,
                        "other.isFor(inTime, waited)",
                        "other.isFor(inTime, true)"),
                Mutant.of(
                        "another's interrupt is a joiner's",
                        FLIGHTS,
                        "flight.failed(failure, mineAlone || isInterrupt(failure));",
                        "flight.failed(failure, false);"),
                Mutant.of(
                        "a joiner does not hear of a failure",
                        FLIGHTS,
                        "                flight.failed(failure, mineAlone || isInterrupt(failure));\n",
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
                        "if (Loading.isInsideALoad()) {",
                        "if (false) {"),
                // many keys
                Mutant.of(
                        "a bulk load does not say that it fills",
                        BULK,
                        "        } else if (stamps != null) {\n            flights.values().forEach(Flight::filling);\n",
                        "        } else if (stamps != null) {\n"),
                Mutant.of(
                        "a bulk load's refused value counts as current",
                        BULK,
                        "leases == null || (live && !policy.isTagged())",
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
                        "            } else if (!(answer instanceof Held)) {\n                leave(key);\n",
                        ""),
                Mutant.of(
                        "a bulk load that failed keeps its leases",
                        BULK,
                        "endLeases(ofTheLoader ? fallbacks.keySet() : Set.of());",
                        ""),
                Mutant.of(
                        "what a bulk load gave up counts as found",
                        BULK,
                        "        flightOf(key).givenUp();\n",
                        "        flightOf(key).succeeded(new CacheResult<@Nullable V>(null, Origin.LOADER, null), true);\n"));
    }
}
