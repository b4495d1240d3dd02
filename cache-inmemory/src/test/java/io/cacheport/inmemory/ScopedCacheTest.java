package io.cacheport.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Tags;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.LocalReads;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Beside the contract: where a tenant's keys are, and that nothing reaches further. */
class ScopedCacheTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final KeySpace CATALOG = KeySpace.of("catalog");
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);

    private final CacheServicePort cache = InMemoryCacheAdapter.create(10_000);
    private final CacheServicePort one = ScopedCache.over(cache, CATALOG.tenant("t1"));
    private final CacheServicePort other = ScopedCache.over(cache, CATALOG.tenant("t*"));

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void keysAreThoseOfTheSpace() {
        one.set("packages", "v", MINUTE);
        one.set("package:7", "w", MINUTE);

        assertThat(cache.get("catalog:t1:packages", String.class)).isEqualTo("v");
        assertThat(cache.get(CATALOG.key("t1", "package", 7), String.class)).isEqualTo("w");
        assertThat(other.get("packages", String.class)).isNull();
    }

    @Test
    void tooLongOnesToo() {
        String query = "q".repeat(300);
        one.setAll(Map.of("search:" + query, "v", query, "w"), MINUTE);

        assertThat(cache.get(CATALOG.key("t1", "search", query), String.class)).isEqualTo("v");
        assertThat(one.getAll(List.of(query, "search:" + query), String.class))
                .containsExactly(Map.entry(query, "w"), Map.entry("search:" + query, "v"));
        assertThat(one.flush("search:*")).isEqualTo(1);
        assertThat(one.exists(query)).isTrue();
    }

    @Test
    void leasesOfTooLongKeysBearThem() {
        Leases leases = Objects.requireNonNull(((LeasedCache) one).leases());
        String key = "k".repeat(300);

        LeaseAnswer<String> answer = leases.take(key, TEXT, MINUTE);
        Lease lease = ((LeaseAnswer.Granted<String>) answer).lease();

        assertThat(lease.key()).isEqualTo(key);
        assertThat(leases.fill(lease, "v", MINUTE)).isTrue();
        assertThat(Objects.requireNonNull(leases.look(key, TEXT, false, List.of()))
                        .key())
                .isEqualTo(key);
    }

    @Test
    void flushAndClearReachNobodyElse() {
        for (CacheServicePort scope : List.of(one, other, ScopedCache.over(cache, CATALOG.tenant("t11")))) {
            scope.setAll(Map.of("a", 1, "b", 2, "[a]", 3), MINUTE);
        }
        cache.set("a", 1, MINUTE);

        assertThat(other.flush("*a*")).isEqualTo(2);
        assertThat(one.flush("[a]")).isEqualTo(1);
        assertThat(other.clear()).isEqualTo(1);
        assertThat(one.strict().clear()).isEqualTo(2);

        assertThat(cache.getStats().keys()).isEqualTo(4);
    }

    @Test
    void tagsAreTheTenantsOwn() {
        CachePolicy policy = CachePolicy.ttl(MINUTE).tags("prices", "x".repeat(250));
        AtomicInteger loads = new AtomicInteger();
        for (CacheServicePort scope : List.of(one, other, cache)) {
            CacheAside.withCache(scope, "k", policy, TEXT, () -> "v" + loads.incrementAndGet());
        }

        CacheAside.invalidateTag(one, "prices");

        assertThat(one.get("k", String.class)).isNull();
        assertThat(other.get("k", String.class)).isEqualTo("v2");
        assertThat(cache.get("k", String.class)).isEqualTo("v3");
        CacheAside.invalidateTag(other, "x".repeat(250));
        assertThat(other.get("k", String.class)).isNull();
        assertThat(cache.get("k", String.class)).isEqualTo("v3");
        one.set(Tags.keyOf("mine"), "stays within", MINUTE);
        assertThat(cache.exists(Tags.keyOf("mine"))).isFalse();
    }

    @Test
    void viewsWithinAreTheTenants() {
        Cache<Integer, String> users = Cache.named("user", String.class).over(one);

        users.get(7, id -> "v");

        assertThat(cache.get("catalog:t1:user:7", String.class)).isEqualTo("v");
        users.invalidateAll();
        assertThat(users.getIfPresent(7)).isNull();
    }

    @Test
    void closingItLeavesTheCacheOpenForTheOthers() {
        one.close();
        one.strict().close();

        other.set("k", "v", MINUTE);

        assertThat(other.get("k", String.class)).isEqualTo("v");
        assertThat(one.isConnected()).isTrue();
    }

    @Test
    void itCanWhatTheCacheBehindCan() {
        assertThat(one).isInstanceOf(LocalReads.class).isInstanceOf(LeasedCache.class);
        one.set("k", "v", MINUTE);
        assertThat(((LocalReads) one).getIfLocal("k", TEXT, "missing")).isEqualTo("v");
        assertThat(((LocalReads) one).getIfLocal("", TEXT, "missing")).isEqualTo("missing");
        assertThat(((LeasedCache) one).leases()).isSameAs(((LeasedCache) one.strict()).leases());

        CacheServicePort plain = ScopedCache.over(new Plain(cache), CATALOG);
        assertThat(plain).isNotInstanceOf(LocalReads.class);
        assertThat(((LeasedCache) plain).leases()).isNull();

        LoadLimit limit = LoadLimit.of(1, Duration.ZERO);
        FaultyCacheService faulty = FaultyCacheService.over(cache, limit);
        LoadLimited limited = (LoadLimited) ScopedCache.over(faulty, CATALOG);
        assertThat(limited.loadLimit("k")).isNull();
        faulty.down();
        assertThat(limited.loadLimit("k")).isSameAs(limit);
        assertThat(limited.loadLimit("")).isNull();
    }

    private static final class Plain extends ForwardingCacheService {
        Plain(CacheServicePort delegate) {
            super(delegate);
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    void refusesAndSays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScopedCache.over(cache, null))
                .withMessageContaining("key space");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScopedCache.over(null, CATALOG))
                .withMessageContaining("cache");
        assertThat(other.toString()).startsWith("Scoped[catalog:t%2A] over ");
    }
}
