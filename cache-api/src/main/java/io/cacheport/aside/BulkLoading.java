package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.Leases;
import java.util.ArrayList;
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
 * each call.
 */
final class BulkLoading<K, V, X extends Exception> {

    private final CacheServicePort cache;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final BulkLoader<K, V, X> loader;
    private final @Nullable Leases leases;

    /** By their text, which is the key in the cache. */
    private final Map<String, K> keys;

    private final Map<String, V> values = new LinkedHashMap<>();

    /** Led by this call and not ended. */
    private final Map<String, Flight> flights = new LinkedHashMap<>();

    private final Map<String, Lease> granted = new LinkedHashMap<>();
    private final List<String> loadedByOthers = new ArrayList<>();
    private boolean cacheIsIll;

    BulkLoading(
            CacheServicePort cache,
            TypeRef<V> type,
            CachePolicy policy,
            BulkLoader<K, V, X> loader,
            Map<String, K> keys) {
        this.cache = cache;
        this.type = type;
        this.policy = policy;
        this.loader = loader;
        this.keys = keys;
        this.leases = CacheCalls.leasesOf(cache);
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
            if (!missing.isEmpty()) {
                load(missing);
            }
        } catch (Throwable failure) {
            flights.values().forEach(flight -> flight.failed(failure, Flights.isInterrupt(failure)));
            throw failure;
        } finally {
            List.copyOf(flights.keySet()).forEach(this::end);
        }
        for (String key : loadedByOthers) {
            found(key, awaited(key));
        }
        return values;
    }

    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    private @Nullable V awaited(String key) throws X {
        return Flights.getOrLoad(idOf(key), Cache.nullable(type), policy, keyOf(key), this::loadOne, cacheIsIll);
    }

    private @Nullable V loadOne(K key) throws X {
        return loaded(Set.of(key)).get(key);
    }

    /** What is not there, of a cache without leases. */
    private Set<String> look() {
        Map<String, @Nullable V> there = CacheCalls.getAll(cache, flights.keySet(), type);
        there.forEach((key, value) -> ended(key, value, true));
        return new LinkedHashSet<>(flights.keySet());
    }

    /** What is not there, with the leases of all that could be asked; others' loads are left to them. */
    private Set<String> take(Leases from) {
        Map<String, LeaseAnswer<V>> answers = CacheCalls.takeAll(from, flights.keySet(), type);
        for (Map.Entry<String, Flight> one : flights.entrySet()) {
            if (!answers.containsKey(one.getKey())) {
                cacheIsIll = true;
                one.getValue().foundCacheIll();
            }
        }
        for (Map.Entry<String, LeaseAnswer<V>> answer : answers.entrySet()) {
            String key = answer.getKey();
            if (answer.getValue() instanceof Granted<V> mine) {
                granted.put(key, mine.lease());
            } else if (answer.getValue() instanceof Found<V> there) {
                ended(key, there.value(), false);
            } else {
                loadedByOthers.add(key);
                flightOf(key).givenUp();
                end(key);
            }
        }
        return new LinkedHashSet<>(flights.keySet());
    }

    private void load(Set<String> missing) throws X {
        Map<K, V> loaded;
        boolean succeeded = false;
        LeaseRenewal renewal = leases == null ? null : LeaseRenewal.start(leases, granted.values());
        try {
            Set<K> asked = new LinkedHashSet<>();
            missing.forEach(key -> asked.add(keyOf(key)));
            String first = missing.iterator().next();
            loaded = Loading.load(idOf(first), flightOf(first), asked, (KeyLoader<Set<K>, Map<K, V>, X>) this::loaded);
            succeeded = true;
        } finally {
            if (renewal != null) {
                renewal.close();
            }
            if (!succeeded && leases != null) {
                CacheCalls.fillAll(
                        leases,
                        granted.values().stream()
                                .map(lease -> new Fill(lease, null, null))
                                .toList());
            }
        }
        store(missing, loaded);
    }

    private Map<K, V> loaded(Set<K> keys) throws X {
        Map<K, V> loaded = loader.loadAll(keys);
        if (loaded == null) {
            throw new IllegalStateException("the bulk loader gave null: give an empty map where there is nothing");
        }
        return loaded;
    }

    private void store(Set<String> missing, Map<K, V> loaded) {
        Set<Lease> current = Set.of();
        if (leases == null) {
            missing.forEach(key -> CacheCalls.store(cache, policy, key, loaded.get(keyOf(key))));
        } else {
            flights.values().forEach(Flight::filling);
            List<Fill> fills = new ArrayList<>();
            granted.forEach((key, lease) -> {
                V value = loaded.get(keyOf(key));
                fills.add(new Fill(lease, value, policy.ttlOf(value)));
            });
            current = CacheCalls.fillAll(leases, fills);
        }
        for (String key : missing) {
            Lease lease = granted.get(key);
            ended(key, loaded.get(keyOf(key)), leases == null || (lease != null && current.contains(lease)));
        }
    }

    private void ended(String key, @Nullable V value, boolean current) {
        found(key, value);
        flightOf(key).succeeded(value, current);
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
