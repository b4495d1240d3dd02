package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A9, and the rules of withCache through a typed view. */
public interface ViewContract extends Contract {

    /** An identifier type. */
    record UserId(long value) {}

    @Test
    default void a1_viewLoadsOnceWithTheKey() {
        AtomicInteger loads = new AtomicInteger();
        Cache<Integer, String> users =
                Cache.named("user", String.class).ttl(MINUTE).over(cache());

        assertThat(users.get(7, id -> "user " + id + loads.incrementAndGet())).isEqualTo("user 71");
        assertThat(users.get(7, id -> "user " + id + loads.incrementAndGet())).isEqualTo("user 71");
        assertThat(users.get(8, id -> "user " + id + loads.incrementAndGet())).isEqualTo("user 82");
    }

    @Test
    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    default void a1_viewUsesItsPolicy() {
        Cache<String, String> users = Cache.named("user", String.class)
                .policy(CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(MINUTE))
                .over(cache());

        users.get("there", id -> "v");
        users.get("nobody", id -> null);

        assertThat(cache().ttl("user:there").orElseThrow()).isBetween(Duration.ofMinutes(53), Duration.ofHours(1));
        assertThat(cache().ttl("user:nobody").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
    }

    @Test
    default void a1_viewOfGenerics() {
        Cache<String, List<Samples.Order>> orders =
                Cache.named("orders", new TypeRef<List<Samples.Order>>() {}).over(cache());

        orders.get("today", day -> List.of(Samples.ORDER));

        assertThat(orders.getIfPresent("today")).containsExactly(Samples.ORDER);
    }

    @Test
    default void a9_keysBeginWithTheName() {
        Cache<Object, String> users = Cache.named("user", String.class).over(cache());

        assertThat(users.keyOf(7)).isEqualTo("user:7");
        assertThat(users.keyOf("x")).isEqualTo("user:x");
        assertThat(users.keyOf(new UUID(0, 1))).isEqualTo("user:00000000-0000-0000-0000-000000000001");
        assertThat(users.keyOf(LocalDate.EPOCH)).isEqualTo("user:1970-01-01");
        assertThat(users.keyOf(new UserId(9))).isEqualTo("user:9");
    }

    @Test
    default void a9_keysHoldTheTenant() {
        Cache<String, String> menu =
                Cache.named("menu", String.class).tenant("t1").over(cache());

        menu.put("lunch", "soup");

        assertThat(cache().get("menu:t1:lunch", String.class)).isEqualTo("soup");
    }

    @Test
    default void a9_tenantsDoNotSeeEachOther() {
        Cache.Builder<String> menus = Cache.named("menu", String.class);
        Cache<String, String> one = menus.tenant("t1").over(cache());
        Cache<String, String> other = menus.tenant("t2").over(cache());

        one.put("lunch", "soup");

        assertThat(other.getIfPresent("lunch")).isNull();
    }

    @Test
    default void a9_invalidateRemovesOne() {
        Cache<Integer, String> users = Cache.named("user", String.class).over(cache());
        users.put(1, "a");
        users.put(2, "b");

        users.invalidate(1);

        assertThat(users.getIfPresent(1)).isNull();
        assertThat(users.getIfPresent(2)).isEqualTo("b");
    }

    @Test
    default void a9_invalidateAllRemovesOnlyItsOwn() {
        Cache<Integer, String> users = Cache.named("user", String.class).over(cache());
        Cache<Integer, String> userLists =
                Cache.named("user-list", String.class).over(cache());
        users.put(1, "a");
        userLists.put(1, "b");
        cache().set("user", "c", MINUTE);

        users.invalidateAll();

        assertThat(users.getIfPresent(1)).isNull();
        assertThat(userLists.getIfPresent(1)).isEqualTo("b");
        assertThat(cache().exists("user")).isTrue();
    }

    @Test
    default void a9_invalidateAllOfATenantLeavesTheOthers() {
        Cache.Builder<String> menus = Cache.named("menu", String.class);
        Cache<String, String> one = menus.tenant("t1").over(cache());
        Cache<String, String> longer = menus.tenant("t11").over(cache());
        one.put("k", "v");
        longer.put("k", "v");

        one.invalidateAll();

        assertThat(one.getIfPresent("k")).isNull();
        assertThat(longer.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    default void a4_putOfNullRemovesUnlessNullsAreCached() {
        Cache<Integer, String> users = Cache.named("user", String.class).over(cache());
        users.put(1, "a");

        users.put(1, null);

        assertThat(cache().exists("user:1")).isFalse();
    }

    @Test
    default void a6_keyWithoutATextOfItsOwnNeedsAFunction() {
        Cache<Object, String> users = Cache.named("user", String.class).over(cache());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> users.get(List.of(1), id -> "v"))
                .withMessageContaining("java.util.ImmutableCollections")
                .withMessageContaining("key function");
        assertThat(Cache.named("user", String.class)
                        .over(cache(), (List<Integer> id) -> "list" + id.size())
                        .keyOf(List.of(1, 2)))
                .isEqualTo("user:list2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "a*", "a b", "tenant\n", "ä"})
    default void a6_badNameOrTenant(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cache.named(name, String.class))
                .withMessageContaining("cache name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cache.named("menu", String.class).tenant(name))
                .withMessageContaining("tenant");
    }
}
