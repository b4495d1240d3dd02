package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Failed;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many keys at once (A14): look at all, load what is missing in one call, fill all; then only wait for what others are
 * loading. Nothing is held while it waits, so that two calls whose keys overlap cannot wait for each other. One object for
 * each call. A call that warms waits for nobody, loads nothing that it could not store, and has a tally.
 */
final class BulkLoading<K, V, X extends Exception> {

    private final CacheServicePort cache;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final BulkLoader<K, V, X> loader;
    private final @Nullable Leases leases;
    private final @Nullable WarmTally<K> warming;

    /** By their text, which is the key in the cache. */
    private final Map<String, K> keys;

    private final Map<String, V> values = new LinkedHashMap<>();

    /** Led by this call and not ended. */
    private final Map<String, Flight> flights = new LinkedHashMap<>();

    private final Map<String, Lease> granted = new LinkedHashMap<>();

    /** What is served if their load fails. */
    private final Map<String, Sighting<V>> fallbacks = new LinkedHashMap<>();

    private final List<String> loadedByOthers = new ArrayList<>();
    private boolean cacheIsIll;

    BulkLoading(
            CacheServicePort cache,
            TypeRef<V> type,
            CachePolicy policy,
            BulkLoader<K, V, X> loader,
            Map<String, K> keys,
            @Nullable WarmTally<K> warming) {
        this.cache = cache;
        this.type = type;
        this.policy = policy;
        this.loader = loader;
        this.keys = keys;
        this.leases = CacheCalls.leasesOf(cache);
        this.warming = warming;
    }

    /** The values there are, by the keys in the cache, in no order. */
    Map<String, V> run() throws X {
        for (String key : keys.keySet()) {
            Flight mine = new Flight();
            if (Flights.begin(idOf(key), mine)) {
                flights.put(key, mine);
            } else {
                loadedByOthers.add(key);
            }
        }
        try {
            Set<String> missing = leases == null ? look() : take(leases);
            flights.values().forEach(Flight::looked);
            if (warming != null) {
                warming.looked(keys.size(), missing.size());
            }
            if (!missing.isEmpty()) {
                load(missing);
            }
        } catch (Throwable failure) {
            flights.values().forEach(flight -> flight.failed(failure, Flights.isInterrupt(failure)));
            throw failure;
        } finally {
            List.copyOf(flights.keySet()).forEach(this::end);
        }
        if (warming != null) {
            return values;
        }
        for (String key : loadedByOthers) {
            found(key, awaited(key));
        }
        return values;
    }

    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    private @Nullable V awaited(String key) throws X {
        CacheResult<@Nullable V> result = Flights.getOrLoad(
                new Call<>(cache, key, Cache.nullable(type), policy, keyOf(key), this::loadOne), cacheIsIll);
        Told.served(cache, result.origin());
        return result.value();
    }

    private @Nullable V loadOne(K key) throws X {
        return loaded(Set.of(key)).get(key);
    }

    /** What is not there, of a cache without leases. */
    private Set<String> look() {
        Map<String, @Nullable V> there = warming == null
                ? CacheCalls.getAll(cache, flights.keySet(), type)
                : CacheCalls.getAllOrNull(cache, flights.keySet(), type);
        if (there == null) {
            foundIll(flights.keySet(), Set.of());
            return Set.of();
        }
        there.forEach((key, value) -> ended(key, value, true));
        return new LinkedHashSet<>(flights.keySet());
    }

    /** What is to be loaded, with the leases of all that could be asked; others' loads are left to them. */
    private Set<String> take(Leases from) {
        Map<String, @Nullable Sighting<V>> seen = CacheCalls.lookAll(from, flights.keySet(), type, policy);
        foundIll(flights.keySet(), seen.keySet());
        List<String> absent = new ArrayList<>();
        List<Sighting<V>> due = new ArrayList<>();
        seen.forEach((key, one) -> {
            if (one == null || !Loading.isReadable(one, policy)) {
                absent.add(key);
            } else if (!Loading.isFallback(one, policy) || one.resting()) {
                if (Loading.isToBeRefreshed(one, policy)) {
                    due.add(one);
                }
                served(one);
                ended(key, one.value(), false);
            } else {
                Lease lease = one.leased() ? null : CacheCalls.refreshOrNull(from, one);
                if (lease == null) {
                    leave(key);
                } else {
                    fallbacks.put(key, one);
                    granted.put(key, lease);
                }
            }
        });
        Map<String, LeaseAnswer<V>> answers = CacheCalls.takeAll(from, absent, type, policy);
        foundIll(absent, answers.keySet());
        answers.forEach((key, answer) -> {
            if (warming != null && (answer instanceof Held || answer instanceof Failed)) {
                refuse(key);
            } else if (answer instanceof Granted<V> mine) {
                granted.put(key, mine.lease());
            } else if (answer instanceof Found<V> there && policy.isPlain()) {
                ended(key, there.value(), false);
            } else if (!(answer instanceof Held)) {
                leave(key);
            }
        });
        refresh(from, due);
        return new LinkedHashSet<>(flights.keySet());
    }

    private void served(Sighting<V> seen) {
        if (warming != null) {
            return; // nobody asked for it
        }
        if (seen.isStale()) {
            Told.served(cache, Origin.STALE);
        } else if (seen.value() == null) {
            Told.served(cache, Origin.NEGATIVE);
        }
    }

    private void foundIll(Collection<String> asked, Set<String> answered) {
        for (String key : List.copyOf(asked)) {
            if (!answered.contains(key)) {
                cacheIsIll = true;
                flightOf(key).foundCacheIll();
                if (warming != null) {
                    refuse(key);
                }
            }
        }
    }

    /** Of one that is not to be warmed now. */
    private void refuse(String key) {
        Objects.requireNonNull(warming).refused(1);
        granted.remove(key); // it ends by itself
        giveUp(key);
    }

    /** To whoever loads it, or to a call for it alone. */
    private void leave(String key) {
        loadedByOthers.add(key);
        giveUp(key);
    }

    private void giveUp(String key) {
        flightOf(key).givenUp();
        end(key);
    }

    /** In the background, in one call of the loader. */
    private void refresh(Leases from, List<Sighting<V>> due) {
        List<Sighting<V>> mine =
                due.stream().filter(one -> Refreshes.begin(idOf(one.key()))).toList();
        if (mine.isEmpty()) {
            return;
        }
        Runnable refresh = () -> {
            BulkLoading<K, V, X> own = new BulkLoading<>(cache, type, policy, loader, keys, warming);
            try {
                own.refreshNow(from, mine);
            } finally {
                mine.forEach(one -> Refreshes.end(idOf(one.key())));
            }
        };
        if (warming != null) {
            refresh.run(); // nobody waits for a value, and it keeps to one thread
        } else if (!Time.here().inBackground(Told.carried(cache, refresh))) {
            mine.forEach(one -> Refreshes.end(idOf(one.key())));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // nobody waits for it
    private void refreshNow(Leases from, List<Sighting<V>> due) {
        for (Sighting<V> one : due) {
            Lease lease = CacheCalls.refreshOrNull(from, one);
            if (lease != null) {
                flights.put(one.key(), new Flight());
                fallbacks.put(one.key(), one);
                granted.put(one.key(), lease);
            }
        }
        if (!flights.isEmpty()) {
            Told.count(cache, loads -> loads.refreshes(flights.size()));
            try {
                load(new LinkedHashSet<>(flights.keySet()));
            } catch (Throwable told) {
                // the leases rest, and it was logged
            }
        }
    }

    private void load(Set<String> missing) throws X {
        Map<String, String> stamps = leases == null ? Map.of() : CacheCalls.stamps(leases, policy.tags(), policy);
        if (stamps == null) { // it is not asked again (A11): the leases end by themselves
            granted.clear();
            foundIll(missing, Set.of());
            if (warming != null) {
                return;
            }
        }
        Map<K, V> loaded;
        long start = Time.here().nanoTime();
        LeaseRenewal renewal = leases == null ? null : LeaseRenewal.start(leases, granted.values());
        try {
            Set<K> asked = new LinkedHashSet<>();
            missing.forEach(key -> asked.add(keyOf(key)));
            String first = missing.iterator().next();
            loaded = Load.<Map<K, V>, X>within(idOf(first), flightOf(first), () -> loaded(asked));
        } catch (Throwable failure) {
            stop(renewal);
            if (warming != null) {
                warming.notLoaded(missing.size(), failure);
            }
            flights.values().forEach(Flight::filling);
            boolean ofTheLoader = failure instanceof Exception && !Flights.isInterrupt(failure);
            endLeases(ofTheLoader ? fallbacks.keySet() : Set.of());
            if (ofTheLoader && fallbacks.keySet().containsAll(missing)) {
                CacheCalls.servedStale(failure);
                for (String key : missing) {
                    Told.served(cache, Origin.STALE);
                    ended(key, Objects.requireNonNull(fallbacks.get(key)).value(), false);
                }
                return;
            }
            throw failure;
        }
        stop(renewal);
        if (warming != null) {
            leaveFailed(missing, warming);
        }
        store(missing, loaded, Duration.ofNanos(Time.here().nanoTime() - start), stamps);
    }

    /** Of a load of several of which some failed: their leases end, and whoever has joined loads anew. */
    private void leaveFailed(Set<String> missing, WarmTally<K> tally) {
        for (String key : List.copyOf(missing)) {
            if (tally.hasFailed(keyOf(key))) {
                tally.left(keyOf(key));
                missing.remove(key);
                Lease lease = granted.remove(key);
                if (lease != null && leases != null) {
                    CacheCalls.release(leases, lease);
                }
                giveUp(key);
            }
        }
    }

    private static void stop(@Nullable LeaseRenewal renewal) {
        if (renewal != null) {
            renewal.close();
        }
    }

    /** Those of these keys rest. */
    private void endLeases(Set<String> resting) {
        if (leases == null) {
            return;
        }
        List<Fill> released = new ArrayList<>();
        granted.forEach((key, lease) -> {
            if (resting.contains(key)) {
                CacheCalls.rest(leases, lease, policy.retryAfter());
            } else {
                released.add(new Fill(lease, null, null));
            }
        });
        CacheCalls.fillAll(leases, released);
        granted.clear();
    }

    private Map<K, V> loaded(Set<K> keys) throws X {
        Map<K, V> loaded = loader.loadAll(keys);
        if (loaded == null) {
            throw new IllegalStateException("the bulk loader gave null: give an empty map where there is nothing");
        }
        return loaded;
    }

    private void store(Set<String> missing, Map<K, V> loaded, Duration loadTime, @Nullable Map<String, String> stamps) {
        Set<Lease> current = Set.of();
        if (leases == null) {
            missing.forEach(key -> CacheCalls.store(cache, policy, key, loaded.get(keyOf(key))));
        } else if (stamps != null) {
            flights.values().forEach(Flight::filling);
            List<Fill> fills = new ArrayList<>();
            granted.forEach((key, lease) -> {
                V value = loaded.get(keyOf(key));
                Terms terms = policy.termsOf(value, null, loadTime, null, stamps);
                if (terms == null && lease.ofValue()) {
                    CacheCalls.remove(cache, key); // the value there was is not the source's any more
                }
                fills.add(new Fill(lease, value, terms));
            });
            current = CacheCalls.fillAll(leases, fills);
            Set<Lease> live = current;
            long refused = fills.stream()
                    .filter(one -> one.terms() != null && !live.contains(one.lease()))
                    .count();
            Told.count(cache, loads -> loads.refusedFills(refused));
        }
        for (String key : missing) {
            Lease lease = granted.get(key);
            boolean live = lease != null && current.contains(lease);
            if (warming != null) {
                warming.stored(loaded.get(keyOf(key)), leases == null || live);
            }
            ended(key, loaded.get(keyOf(key)), leases == null || (live && !policy.isTagged()));
        }
    }

    @SuppressWarnings("NullAway") // the checker does not see that the result's type argument is nullable
    private void ended(String key, @Nullable V value, boolean current) {
        found(key, value);
        flightOf(key).succeeded(new CacheResult<@Nullable V>(value, Origin.LOADER, null), current);
        end(key);
    }

    private void found(String key, @Nullable V value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private void end(String key) {
        Flights.end(idOf(key), Objects.requireNonNull(flights.remove(key)));
    }

    private Flight flightOf(String key) {
        return Objects.requireNonNull(flights.get(key));
    }

    private K keyOf(String key) {
        return Objects.requireNonNull(keys.get(key));
    }

    private FlightId idOf(String key) {
        return new FlightId(cache, key, type);
    }
}
