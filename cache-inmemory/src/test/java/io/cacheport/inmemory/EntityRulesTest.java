package io.cacheport.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;
import io.cacheport.events.Published;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of a ticketing platform, by entity, and of a pantry, by event. */
class EntityRulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<String> TICKETING = Set.of(
            "event:7",
            "event:70",
            "event:list:state:lagos:page:1",
            "event:list:state:abuja:page:1",
            "analytics:7",
            "analytics:70",
            "ticket:3",
            "ticket:30",
            "ticket:user:5:status:valid",
            "ticket:user:50:status:valid",
            "ticket:event:7:sold",
            "ticket:event:70:sold",
            "user:5",
            "user:50",
            "payment:user:5:page:1",
            "payment:user:50:page:1");

    record EventChanged(long id) {}

    record TicketChanged(long id, long userId, long eventId) {}

    record UserChanged(long id) {}

    record ItemUpdated(long id, long categoryId) {}

    record CategoryUpdated(long id) {}

    private final InMemoryCacheAdapter shared = InMemoryCacheAdapter.create();
    private final InMemoryCacheAdapter local = InMemoryCacheAdapter.create();

    @AfterEach
    void close() {
        shared.close();
        local.close();
    }

    private Invalidations ticketing() {
        return Invalidations.over(shared, "tickets")
                .on(
                        EventChanged.class,
                        "event",
                        e -> Invalidation.keys("event:" + e.id(), "analytics:" + e.id())
                                .andPatterns("event:list:*"))
                .on(
                        TicketChanged.class,
                        "ticket",
                        t -> Invalidation.keys("ticket:" + t.id(), "event:" + t.eventId())
                                .andPatterns("ticket:user:" + t.userId() + ":*", "ticket:event:" + t.eventId() + ":*"))
                .on(
                        UserChanged.class,
                        "user",
                        u -> Invalidation.keys("user:" + u.id())
                                .andPatterns("ticket:user:" + u.id() + ":*", "payment:user:" + u.id() + ":*"))
                .start();
    }

    private Set<String> left(Object event) {
        fill(shared, TICKETING);
        try (Invalidations rules = ticketing()) {
            assertThat(rules.publish(event)).isEqualTo(Published.APPLIED);
        }
        return shared.getAll(TICKETING, String.class).keySet();
    }

    private static void fill(CacheServicePort cache, Collection<String> keys) {
        keys.forEach(key -> cache.set(key, "old", MINUTE));
    }

    private static Set<String> allBut(String... gone) {
        Set<String> left = new java.util.TreeSet<>(TICKETING);
        List.of(gone).forEach(key -> assertThat(left.remove(key)).as(key).isTrue());
        return left;
    }

    @Test
    void anEventTakesItsKeyAllListsAndItsAnalytics() {
        assertThat(left(new EventChanged(7)))
                .isEqualTo(allBut(
                        "event:7", "event:list:state:lagos:page:1", "event:list:state:abuja:page:1", "analytics:7"));
    }

    @Test
    void aTicketTakesItselfItsUsersListAndItsEvents() {
        assertThat(left(new TicketChanged(3, 5, 7)))
                .isEqualTo(allBut("ticket:3", "ticket:user:5:status:valid", "ticket:event:7:sold", "event:7"));
    }

    @Test
    void aUserTakesProfileTicketsAndPayments() {
        assertThat(left(new UserChanged(5)))
                .isEqualTo(allBut("user:5", "ticket:user:5:status:valid", "payment:user:5:page:1"));
    }

    private Invalidations pantry(CacheServicePort own, List<Object> heard) {
        return Invalidations.over(shared, "pantry")
                .ownCache(own)
                .every(Duration.ofMillis(5))
                .on(
                        ItemUpdated.class,
                        "item:updated",
                        i -> Invalidation.keys("item:" + i.id()).andPatterns("menu:*"))
                .on(CategoryUpdated.class, "category:updated", c -> Invalidation.tags("category:" + c.id()))
                .subscribe(ItemUpdated.class, "item:updated", heard::add)
                .subscribe(CategoryUpdated.class, "category:updated", heard::add)
                .start();
    }

    private static String item(CacheServicePort cache, String value) {
        CachePolicy policy = CachePolicy.ttl(MINUTE).tags("category:2");
        return CacheAside.withCache(cache, "item:in:2", policy, TypeRef.of(String.class), () -> value);
    }

    /** Two processes, each with its own cache in front of the shared one. */
    @Test
    void itemsAndCategoriesAreInvalidatedInEveryProcess() {
        List<Object> here = new CopyOnWriteArrayList<>();
        List<Object> there = new CopyOnWriteArrayList<>();
        try (InMemoryCacheAdapter otherLocal = InMemoryCacheAdapter.create();
                Invalidations publisher = pantry(local, here);
                Invalidations other = pantry(otherLocal, there)) {
            List<CacheServicePort> all = List.of(shared, local, otherLocal);
            all.forEach(cache -> {
                fill(cache, Set.of("item:1", "item:9", "menu:today"));
                item(cache, "old");
            });

            publisher.publish(new ItemUpdated(1, 2));
            publisher.publish(new CategoryUpdated(2));

            assertThat(local.exists("item:1")).isFalse();
            assertThat(item(local, "new")).isEqualTo("new");
            await().until(() -> there.size() == 2 && here.size() == 2);
            assertThat(there).isEqualTo(here).containsExactly(new ItemUpdated(1, 2), new CategoryUpdated(2));
            all.forEach(cache -> {
                assertThat(cache.getAll(List.of("item:1", "item:9", "menu:today"), String.class))
                        .containsOnlyKeys("item:9");
                assertThat(item(cache, "new")).isEqualTo("new");
            });
            assertThat(other.stats().failed()).isZero();
        }
    }
}
