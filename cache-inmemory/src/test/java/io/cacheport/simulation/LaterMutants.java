package io.cacheport.simulation;

import java.util.List;

/**
 * Those of what stands on leases: stale values, tags, versions and writes under way. One is left out, because it takes some
 * fifty thousand seeds to be found: that who calls after a removal is told of a failure before it, which the kit shows.
 */
final class LaterMutants {

    private static final String ASIDE = "io.cacheport.aside.CacheAside";
    private static final String BULK = "io.cacheport.aside.BulkLoading";
    private static final String FLIGHTS = "io.cacheport.aside.Flights";
    private static final String LOAD = "io.cacheport.aside.Load";
    private static final String LOADING = "io.cacheport.aside.Loading";
    private static final String REFRESHES = "io.cacheport.aside.Refreshes";
    private static final String STORE = "io.cacheport.inmemory.Store";

    private LaterMutants() {}

    static List<Mutant> all() {
        return List.of(
                // stale values and their leases
                Mutant.of(
                        "a refresh fills whatever value is there",
                        STORE,
                        "? beside != null && lease.equals(beside.lease())",
                        "? beside != null"),
                Mutant.of("a value is leased to be refreshed though it is", STORE, " || isLeased(beside)\n", "\n"),
                Mutant.of(
                        "a value that rests is leased",
                        STORE,
                        "(beside.lease() != null || beside.resting()) &&",
                        "beside.lease() != null &&"),
                Mutant.of(
                        "a refresh lease outlives set",
                        STORE,
                        "entries.put(key, entryOf(key, held, ttlNanos, null, null));",
                        "entries.asMap().merge(key, entryOf(key, held, ttlNanos, null, null), (there, made) -> "
                                + "there.beside() == null ? made : with(made, there.beside()));"),
                Mutant.of(
                        "a stale value outlives del",
                        STORE,
                        "Entry entry = entries.asMap().remove(key);",
                        "Entry there = entries.getIfPresent(key); Entry entry = there != null && there.isValue() "
                                + "&& !isUsable(there) ? there : entries.asMap().remove(key);"),
                Mutant.of(
                        "a stale value is served without looking how stale it is",
                        LOADING,
                        "return !isStaleForLessThan(policy.staleWhileRevalidate(), seen);",
                        "return false;"),
                Mutant.of(
                        "a stale value is served for ever",
                        LOADING,
                        "return freshFor == null || !seen.isStale() || freshFor.negated().compareTo(limit) < 0;",
                        "return true;"),
                Mutant.of(
                        "who comes after a removal is served what was stale before",
                        LOAD,
                        "new CacheResult<>(stale.value(), Origin.STALE, stale.age()), false);",
                        "new CacheResult<>(stale.value(), Origin.STALE, stale.age()), true);"),
                Mutant.of(
                        "a refresh that failed does not rest",
                        LOAD,
                        "CacheCalls.rest(from, live, policy.retryAfter());",
                        "CacheCalls.release(from, live);"),
                Mutant.of(
                        "a bulk refresh that failed does not rest",
                        BULK,
                        "CacheCalls.rest(leases, lease, policy.retryAfter());",
                        "released.add(new Fill(lease, null, null));"),
                Mutant.of(
                        "an unmodified value that was removed is stored again",
                        LOAD,
                        "boolean filled = unmodified ? from.keep(live, terms) : from.fill(live, value, terms);",
                        "if (unmodified && !from.keep(live, terms)) { CacheCalls.store(id.cache(), policy, id.key(), value); }"
                                + " boolean filled = unmodified || from.fill(live, value, terms);"),
                Mutant.of("a refresh stays in the table", REFRESHES, "        RUNNING.remove(id);\n", ""),
                Mutant.of(
                        "that a load failed outlives del",
                        STORE,
                        "Entry entry = entries.asMap().remove(key);",
                        "Entry there = entries.getIfPresent(key); Entry entry = there != null "
                                + "&& there.occupant() instanceof Occupant.Failure ? there : entries.asMap().remove(key);"),
                // tags
                Mutant.of(
                        "the stamps of tags are from after the load",
                        LOAD,
                        "boolean current = fill(from, live, value, context, loadTime, stamps);",
                        "Map<String, String> after = CacheCalls.stamps(from, policy);"
                                + "boolean current = fill(from, live, value, context, loadTime, after == null ? stamps : after);"),
                Mutant.of(
                        "the stamps of tags are from after a bulk load",
                        BULK,
                        "Terms terms = policy.termsOf(value, null, loadTime, null, stamps);",
                        "Map<String, String> after = CacheCalls.stamps(leases, policy.tags(), policy);"
                                + "Terms terms = policy.termsOf(value, null, loadTime, null, after == null ? stamps : after);"),
                Mutant.of(
                        "a tag of which nothing is known counts as valid",
                        STORE,
                        "if (!tag.getValue().equals(stampOf(tag.getKey()))) {",
                        "if (stampOf(tag.getKey()) != null && !tag.getValue().equals(stampOf(tag.getKey()))) {"),
                Mutant.of(
                        "a stale value's tags are not looked at",
                        STORE,
                        "(entry.beside() == null || isCurrent(entry.beside()))\n                ? entry",
                        "true\n                ? entry"),
                Mutant.of(
                        "tags of the loader are taken for what they were before",
                        LOAD,
                        "allTags == null || !allTags.equals(now.get(Tags.ALL))",
                        "allTags == null"),
                Mutant.of(
                        "to invalidate a tag does not tell loaders that learn theirs",
                        ASIDE,
                        "        cache.del(ALL_TAGS); // first",
                        "        cache.del(key); // first"),
                Mutant.of(
                        "who comes after a tag was invalidated shares a load from before",
                        LOAD,
                        "loaded(value, current && !policy.isTagged());",
                        "loaded(value, current);"),
                Mutant.of(
                        "who comes after a tag was invalidated shares a bulk load from before",
                        BULK,
                        "(live && !policy.isTagged())",
                        "live"),
                Mutant.of(
                        "a cache that does not tell tags is asked to end the lease",
                        LOAD,
                        "            flight.foundCacheIll(); // and it is not asked again (A11): the lease ends by itself\n",
                        "            flight.foundCacheIll();\n            CacheCalls.release(from, live);\n"),
                Mutant.of(
                        "who waited for an ill cache beside another's load asks it again",
                        FLIGHTS,
                        "            mine.withoutCache |= !lookup.mayStore();\n",
                        ""),
                // versions
                Mutant.of(
                        "an older version is put in the place of a newer one",
                        STORE,
                        "(its != null && its >= version)",
                        "false"),
                // writes under way
                Mutant.of(
                        "a write that is over leaves what came after its time",
                        STORE,
                        "            if (!isThere(entry) || !(entry.occupant() instanceof Occupant.Writing writing)) {\n                return null;",
                        "            if (!isThere(entry) || !(entry.occupant() instanceof Occupant.Writing writing)) {\n                return entry;"),
                Mutant.of(
                        "a write forgets the others there are",
                        STORE,
                        "List<Stamp> all = new ArrayList<>(others.writes());",
                        "List<Stamp> all = new ArrayList<>(List.copyOf(others.writes()).subList(0, 0));"),
                Mutant.of(
                        "the end of a write ends the others",
                        STORE,
                        "            return left.isEmpty()\n",
                        "            return true\n"),
                Mutant.of(
                        "a key that is written is leased",
                        STORE,
                        "(entry, made) -> entry != inTheWay && isThere(entry) ? entry : made",
                        "(entry, made) -> entry != inTheWay && isThere(entry) "
                                + "&& !(entry.occupant() instanceof Occupant.Writing) ? entry : made"));
    }
}
