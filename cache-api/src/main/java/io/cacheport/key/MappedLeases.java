package io.cacheport.key;

import io.cacheport.TypeRef;
import io.cacheport.lease.AwaitedLeases;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The leases of a view: what goes in names keys and tags as the cache behind does, what comes out as the view does. A key that
 * was shortened cannot be told from what became of it, so each answer gets the key that was asked for.
 */
final class MappedLeases implements Leases, AwaitedLeases {

    private final Leases behind;
    private final KeyMapping mapping;

    MappedLeases(Leases behind, KeyMapping mapping) {
        this.behind = behind;
        this.mapping = mapping;
    }

    private Lease in(Lease lease) {
        return renamed(lease, mapping.key(lease.key()));
    }

    private static Lease renamed(Lease lease, String key) {
        return new Lease(key, lease.stamp(), lease.time(), lease.ofValue());
    }

    private Terms in(Terms terms) {
        if (terms == null || terms.tags().isEmpty()) {
            return terms; // null is for the cache behind to refuse
        }
        Map<String, String> tags = new HashMap<>();
        terms.tags().forEach((tag, stamp) -> tags.put(mapping.tag(tag), stamp));
        return new Terms(terms.fresh(), terms.stale(), terms.loadTime(), terms.version(), tags);
    }

    private <T> Sighting<T> renamed(Sighting<T> seen, String key, Map<String, String> tags) {
        return new Sighting<>(
                key,
                seen.value(),
                seen.freshFor(),
                seen.age(),
                seen.loadTime(),
                seen.leased(),
                seen.resting(),
                seen.stamp(),
                tags,
                seen.local());
    }

    private <T> Sighting<T> out(Sighting<T> seen, String key, Map<String, String> askedTags) {
        Map<String, String> tags = new HashMap<>();
        seen.tags().forEach((tag, stamp) -> {
            String asked = askedTags.get(tag);
            tags.put(asked == null ? mapping.tagBack(tag) : asked, stamp);
        });
        return renamed(seen, key, tags);
    }

    private static <T> LeaseAnswer<T> out(LeaseAnswer<T> answer, String key) {
        return answer instanceof LeaseAnswer.Granted<T> granted
                ? new LeaseAnswer.Granted<>(renamed(granted.lease(), key))
                : answer;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        return out(behind.take(mapping.key(key), type, time, mapping.tags(tags).keySet()), key);
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        Map<String, String> given = mapping.keys(CacheKeys.requireAll(keys));
        Map<String, LeaseAnswer<T>> answers = new HashMap<>();
        behind.takeAll(given.keySet(), type, time, mapping.tags(tags).keySet())
                .forEach((its, answer) ->
                        answers.put(given.getOrDefault(its, its), out(answer, given.getOrDefault(its, its))));
        return answers;
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        return behind.fill(in(lease), value, in(terms));
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        Map<Lease, Lease> given = new LinkedHashMap<>();
        List<Fill> its = new ArrayList<>();
        for (Fill fill : fills) {
            Lease lease = in(fill.lease());
            given.put(lease, fill.lease());
            its.add(new Fill(lease, fill.value(), fill.terms() == null ? null : in(fill.terms())));
        }
        Set<Lease> live = new HashSet<>();
        behind.fillAll(its).forEach(lease -> live.add(given.getOrDefault(lease, lease)));
        return live;
    }

    @Override
    public boolean renew(Lease lease) {
        return behind.renew(in(lease));
    }

    @Override
    public boolean release(Lease lease) {
        return behind.release(in(lease));
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        return behind.fail(in(lease), failure, time);
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Map<String, String> asked = mapping.tags(tags);
        Sighting<T> seen = behind.look(mapping.key(key), type, alsoStale, asked.keySet());
        return seen == null ? null : out(seen, key, asked);
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Map<String, String> given = mapping.keys(CacheKeys.requireAll(keys));
        Map<String, String> asked = mapping.tags(tags);
        Map<String, @Nullable Sighting<T>> found = new HashMap<>();
        behind.lookAll(given.keySet(), type, alsoStale, asked.keySet()).forEach((its, seen) -> {
            String key = given.getOrDefault(its, its);
            found.put(key, seen == null ? null : out(seen, key, asked));
        });
        return found;
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        Map<String, String> tags = new HashMap<>();
        seen.tags().forEach((tag, stamp) -> tags.put(mapping.tag(tag), stamp));
        Lease lease = behind.refresh(renamed(seen, mapping.key(seen.key()), tags), time);
        return lease == null ? null : renamed(lease, seen.key());
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        return behind.keep(in(lease), in(terms));
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        return behind.rest(in(lease), time);
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        Map<String, String> given = mapping.tags(tags);
        Map<String, String> stamps = new HashMap<>();
        behind.stamps(given.keySet(), life).forEach((tag, stamp) -> stamps.put(given.getOrDefault(tag, tag), stamp));
        return stamps;
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        return behind.setIfNewer(mapping.key(key), value, in(terms));
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        return behind.beginWrite(mapping.key(key), time);
    }

    @Override
    public void endWrite(String key, Stamp write) {
        behind.endWrite(mapping.key(key), write);
    }

    @Override
    public boolean awaitChange(String key, long nanos) {
        return behind instanceof AwaitedLeases awaited && awaited.awaitChange(mapping.key(key), nanos);
    }
}
