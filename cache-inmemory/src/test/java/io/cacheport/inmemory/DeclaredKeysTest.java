package io.cacheport.inmemory;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.key.DeclaredKeys;
import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Terms;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.LocalReads;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key of no declared space is refused, whichever way it comes. */
class DeclaredKeysTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final KeySpace CATALOG = KeySpace.of("catalog").version(2);

    private final CacheServicePort memory = InMemoryCacheAdapter.create(1_000);
    private final CacheServicePort cache = DeclaredKeys.over(memory, CATALOG, KeySpace.of("session"));

    @AfterEach
    void close() {
        cache.close();
        assertThat(memory.isConnected()).as("closed with it").isFalse();
    }

    private static void refused(ThrowingCallable call) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining("\"user:7\" belongs to no declared key space (catalog:v2, session)");
    }

    @Test
    void everyMethod() {
        List<String> keys = List.of("session:1", "user:7");
        for (CacheServicePort view : List.of(cache, cache.strict())) {
            refused(() -> view.get("user:7", String.class));
            refused(() -> view.getOrDefault("user:7", TEXT, ""));
            refused(() -> view.set("user:7", "v", MINUTE));
            refused(() -> view.del("user:7"));
            refused(() -> view.del(keys));
            refused(() -> view.exists("user:7"));
            refused(() -> view.ttl("user:7"));
            refused(() -> view.expire("user:7", MINUTE));
            refused(() -> view.getAll(keys, String.class));
            refused(() -> view.setAll(Map.of("session:1", "v", "user:7", "v"), MINUTE));
        }
        assertThat(memory.getStats().keys()).isZero();
        assertThat(memory.getStats().totalRequests()).isZero();
    }

    @Test
    void leasesToo() {
        Leases leases = Objects.requireNonNull(((LeasedCache) cache).leases());
        List<String> keys = List.of("session:1", "user:7");

        refused(() -> leases.take("user:7", TEXT, MINUTE));
        refused(() -> leases.takeAll(keys, TEXT, MINUTE));
        refused(() -> leases.look("user:7", TEXT, false, List.of()));
        refused(() -> leases.lookAll(keys, TEXT, false, List.of()));
        refused(() -> leases.setIfNewer("user:7", "v", Terms.of(MINUTE)));
        refused(() -> leases.beginWrite("user:7", MINUTE));
    }

    @Test
    void throughTheEngineBeforeAnythingIsLoaded() {
        Cache<Integer, String> users = Cache.named("user", String.class).over(cache);
        ThrowingCallable[] calls = {
            () -> withCache(cache, "user:7", MINUTE, String.class, DeclaredKeysTest::notLoaded),
            () -> withCache(cache.strict(), "user:7", MINUTE, String.class, DeclaredKeysTest::notLoaded),
            () -> users.get(7, id -> notLoaded()),
            () -> users.lookup(7, id -> notLoaded()),
            () -> users.getAll(List.of(7), ids -> Map.of(7, notLoaded())),
            () -> users.getIfPresent(7),
            () -> users.put(7, "v"),
            () -> users.put(7, "v", 1),
            () -> users.beginWrite(7, MINUTE),
            () -> users.invalidate(7)
        };
        for (ThrowingCallable call : calls) {
            refused(call);
        }
        assertThatIllegalArgumentException().isThrownBy(users::invalidateAll).withMessageContaining("user:*");
        assertThat(((LocalReads) cache).getIfLocal("user:7", TEXT, "missing")).isEqualTo("missing");
    }

    private static String notLoaded() {
        throw new AssertionError("loaded");
    }

    @Test
    void behindOtherDecoratorsToo() {
        CacheServicePort faulty = FaultyCacheService.over(cache);
        CacheServicePort scoped = ScopedCache.over(cache, KeySpace.of("user"));

        refused(() -> withCache(faulty, "user:7", MINUTE, String.class, DeclaredKeysTest::notLoaded));
        refused(() -> withCache(scoped, "7", MINUTE, String.class, DeclaredKeysTest::notLoaded));
    }

    @Test
    void declaredKeysPass() {
        String key = CATALOG.key("t*", "x".repeat(300));

        assertThat(withCache(cache, key, MINUTE, String.class, () -> "v")).isEqualTo("v");

        assertThat(memory.get(key, String.class)).isEqualTo("v");
        assertThat(((LocalReads) cache).getIfLocal(key, TEXT, null)).isEqualTo("v");
        assertThat(((LoadLimited) cache).loadLimit("user:7")).isNull();
        assertThat(cache.flush(CATALOG.pattern("t*"))).isEqualTo(1);
    }

    @Test
    void viewsOfADeclaredName() {
        Cache<String, String> sessions = Cache.named("session", String.class)
                .policy(CachePolicy.ttl(MINUTE).tags("user:7"))
                .over(cache);
        assertThat(sessions.get("any *:%text", id -> "v")).isEqualTo("v");
        assertThat(sessions.getIfPresent("any *:%text")).isEqualTo("v");

        CacheAside.invalidateTag(cache, "user:7");
        assertThat(sessions.getIfPresent("any *:%text")).isNull();

        sessions.get("1", id -> "v");
        sessions.invalidateAll();
        assertThat(sessions.getIfPresent("1")).isNull();

        CacheServicePort ofTenant =
                DeclaredKeys.over(memory, KeySpace.of("menu").tenant("t1"));
        Cache.Builder<String> menus = Cache.named("menu", String.class);
        assertThat(menus.tenant("t1").over(ofTenant).get("k", id -> "v")).isEqualTo("v");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> menus.tenant("t2").over(ofTenant).get("k", id -> notLoaded()))
                .withMessageContaining("(menu:t1)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> menus.over(ofTenant).get("k", id -> notLoaded()))
                .withMessageContaining("(menu:t1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "cat*",
                "catalog*",
                "catalog:*",
                "?atalog:v2:*",
                "[c]atalog:v2:*",
                "catalog:v2*",
                "session",
                "*session:",
                "catalog\\:v?:x",
                "cacheport:tag:*"
            })
    void globsThatReachFurther(String glob) {
        memory.set("catalog:v2:x", 1, MINUTE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.flush(glob))
                .withMessageContaining("glob \"" + glob + "\" reaches beyond");

        assertThat(memory.getStats().keys()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog:v2:*", "catalog\\:v2:x*", "catalog:v2:[x]*", "catalog:v2:??*"})
    void globsThatDoNot(String glob) {
        memory.setAll(Map.of("catalog:v2:xy", 1, "catalog:v3:xy", 2), MINUTE);

        assertThat(cache.flush(glob)).isEqualTo(1);
    }

    @Test
    void clearRemovesWhatIsDeclared() {
        memory.setAll(Map.of("catalog:v2:x", 1, "catalog:v1:x", 2, "session:x", 3, "user:7", 4), MINUTE);

        assertThat(cache.clear()).isEqualTo(2);

        assertThat(memory.getAll(List.of("catalog:v1:x", "user:7"), Integer.class))
                .hasSize(2);
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    void refusesAndSays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeclaredKeys.over(memory))
                .withMessageContaining("no key");
        assertThatIllegalArgumentException().isThrownBy(() -> DeclaredKeys.over(null, CATALOG));
        assertThatIllegalArgumentException().isThrownBy(() -> DeclaredKeys.over(memory, CATALOG, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.get("user:\u001b" + "x".repeat(1_000), String.class))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(300));
        assertThat(cache.toString()).startsWith("DeclaredKeys(catalog:v2, session) over ");
    }
}
