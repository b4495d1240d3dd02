package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** L10, L11 and L13: values that are refreshed while they can be read, and loads that have failed. */
public interface RefreshContract extends Contract {

    /** A minute fresh, an hour stale, and ten milliseconds to load. */
    Terms TERMS = new Terms(MINUTE, Duration.ofHours(1), Duration.ofMillis(10), null, Map.of());

    /** The leases of the cache under test. */
    default Leases leases() {
        return Objects.requireNonNull(((LeasedCache) cache()).leases());
    }

    private void stored(String key, String value, Terms terms) {
        LeaseAnswer<String> answer = leases().take(key, TypeRef.of(String.class), MINUTE);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(leases().fill(((LeaseAnswer.Granted<String>) answer).lease(), value, terms))
                .isTrue();
    }

    private @Nullable Sighting<String> look(String key) {
        return leases().look(key, TypeRef.of(String.class), true, Set.of());
    }

    private Sighting<String> seen(String key) {
        return Objects.requireNonNull(look(key));
    }

    private Lease refreshed(String key) {
        return Objects.requireNonNull(leases().refresh(seen(key), MINUTE));
    }

    @Test
    default void l11_freshThenStaleThenGone() {
        stored("k", "v", TERMS);

        Sighting<String> fresh = seen("k");
        assertThat(fresh.value()).isEqualTo("v");
        assertThat(fresh.isStale()).isFalse();
        assertThat(fresh.freshFor()).isBetween(Duration.ofSeconds(50), MINUTE);
        assertThat(fresh.age()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        assertThat(fresh.loadTime()).isEqualTo(Duration.ofMillis(10));
        assertThat(fresh.leased()).isFalse();

        fixture().passTime(MINUTE);
        Sighting<String> stale = seen("k");
        assertThat(stale.value()).isEqualTo("v");
        assertThat(stale.isStale()).isTrue();

        fixture().passTime(Duration.ofHours(1));
        assertThat(look("k")).isNull();
        assertThat(cache().getStats().keys()).isZero();
    }

    @Test
    default void l11_freshItIsAnEntryLikeAnyOther() {
        stored("k", "v", TERMS);

        assertThat(cache().get("k", String.class)).isEqualTo("v");
        assertThat(cache().getAll(List.of("k"), String.class)).containsEntry("k", "v");
        assertThat(cache().exists("k")).isTrue();
        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        assertThat(cache().get("k", Integer.class)).as("of its own type").isNull();
    }

    @Test
    default void l11_staleItIsNoEntryForWhoDoesNotAskForStaleOnes() {
        stored("k", "v", TERMS);
        fixture().passTime(MINUTE);

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().getAll(List.of("k"), String.class)).isEmpty();
        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().ttl("k")).isEmpty();
        assertThat(cache().expire("k", MINUTE)).isFalse();
        assertThat(leases().look("k", TypeRef.of(String.class), false, Set.of()))
                .isNull();
        assertThat(seen("k").value()).isEqualTo("v");
        assertThat(leases().take("k", TypeRef.of(String.class), MINUTE)).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    default void l11_expireMovesTheTtlAndWhatIsStaleAfterIt() {
        stored("k", "v", TERMS);

        assertThat(cache().expire("k", Duration.ofMinutes(5))).isTrue();

        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(290), Duration.ofMinutes(5));
        fixture().passTime(Duration.ofMinutes(5));
        assertThat(seen("k").isStale()).isTrue();
        fixture().passTime(Duration.ofHours(1));
        assertThat(look("k")).isNull();
    }

    @Test
    default void l11_aPlainValueHasAnAgeThatIsNotKnown() {
        cache().set("k", "v", MINUTE);

        Sighting<String> seen = seen("k");

        assertThat(seen.freshFor()).isBetween(Duration.ofSeconds(50), MINUTE);
        assertThat(seen.age()).isNull();
        assertThat(leases().refresh(seen, MINUTE)).as("it cannot be leased").isNull();
    }

    @Test
    default void l11_severalAtOnce() {
        stored("fresh", "v", TERMS);
        stored("short", "w", new Terms(Duration.ofSeconds(1), MINUTE, Duration.ZERO, null, Map.of()));
        cache().set("plain", "x", Duration.ofHours(1));
        cache().set("number", 7, Duration.ofHours(1));
        fixture().passTime(Duration.ofSeconds(2));

        Map<String, @Nullable Sighting<String>> all = leases().lookAll(
                        List.of("fresh", "short", "plain", "number", "none"), TypeRef.of(String.class), true, Set.of());
        Map<String, @Nullable Sighting<String>> freshOnes =
                leases().lookAll(List.of("fresh", "short", "plain"), TypeRef.of(String.class), false, Set.of());

        assertThat(all).containsOnlyKeys("fresh", "short", "plain", "number", "none");
        assertThat(Objects.requireNonNull(all.get("fresh")).isStale()).isFalse();
        assertThat(Objects.requireNonNull(all.get("short")).isStale()).isTrue();
        assertThat(Objects.requireNonNull(all.get("plain")).value()).isEqualTo("x");
        assertThat(all.get("number")).isNull();
        assertThat(all.get("none")).isNull();
        assertThat(freshOnes.get("short")).isNull();
        assertThat(Objects.requireNonNull(freshOnes.get("fresh")).value()).isEqualTo("v");
        assertThat(cache().getStats().hits()).isEqualTo(5);
        assertThat(cache().getStats().misses()).isEqualTo(3);
    }

    @Test
    default void l10_oneGetsTheLeaseAndTheValueStaysReadable() {
        stored("k", "old", TERMS);
        Sighting<String> seen = seen("k");

        Lease lease = Objects.requireNonNull(leases().refresh(seen, MINUTE));

        assertThat(leases().refresh(seen, MINUTE)).as("taken").isNull();
        assertThat(seen("k").leased()).isTrue();
        assertThat(cache().get("k", String.class)).isEqualTo("old");
        assertThat(leases().fill(lease, "new", TERMS)).isTrue();
        assertThat(cache().get("k", String.class)).isEqualTo("new");
        assertThat(seen("k").leased()).isFalse();
        assertThat(leases().refresh(seen, MINUTE)).as("another value").isNull();
        assertThat(leases().fill(lease, "again", TERMS)).isFalse();
    }

    @Test
    default void l10_whatHappensToTheKeyEndsIt() {
        stored("k", "old", TERMS);
        Lease beforeDel = refreshed("k");
        cache().del("k");
        assertThat(leases().fill(beforeDel, "late", TERMS)).isFalse();
        assertThat(leases().renew(beforeDel)).isFalse();
        assertThat(cache().exists("k")).isFalse();

        stored("k", "old", TERMS);
        Lease beforeSet = refreshed("k");
        cache().set("k", "other", MINUTE);
        assertThat(leases().fill(beforeSet, "late", TERMS)).isFalse();
        assertThat(leases().keep(beforeSet, TERMS)).isFalse();
        assertThat(leases().release(beforeSet)).isFalse();
        assertThat(cache().get("k", String.class)).isEqualTo("other");

        cache().del("k");
        stored("k", "old", TERMS);
        Lease beforeFlush = refreshed("k");
        cache().flush("k*");
        assertThat(leases().fill(beforeFlush, "late", TERMS)).isFalse();
    }

    @Test
    default void l10_onceItsTimeIsOverAnotherMayTakeIt() {
        stored("k", "old", TERMS);
        Lease dead = refreshed("k");
        fixture().passTime(MINUTE);
        assertThat(seen("k").leased()).isFalse();

        Lease next = refreshed("k");

        assertThat(leases().fill(dead, "late", TERMS)).isFalse();
        assertThat(leases().fill(next, "new", TERMS)).isTrue();
        assertThat(cache().get("k", String.class)).isEqualTo("new");
    }

    @Test
    default void l10_renewedItLivesOn() {
        stored("k", "old", TERMS);
        Lease lease = refreshed("k");
        fixture().passTime(Duration.ofSeconds(40));

        assertThat(leases().renew(lease)).isTrue();

        fixture().passTime(Duration.ofSeconds(40));
        assertThat(seen("k").leased()).isTrue();
        assertThat(leases().fill(lease, "new", TERMS)).isTrue();
    }

    @Test
    default void l10_releasedTheNextMayTakeIt() {
        stored("k", "old", TERMS);

        assertThat(leases().release(refreshed("k"))).isTrue();

        assertThat(seen("k").leased()).isFalse();
        assertThat(seen("k").value()).isEqualTo("old");
        refreshed("k");
    }

    @Test
    default void l10_keptItBeginsAnew() {
        stored("k", "v", TERMS);
        fixture().passTime(MINUTE);
        Lease lease = refreshed("k");
        Terms longer = new Terms(Duration.ofMinutes(3), MINUTE, Duration.ofMillis(20), null, Map.of());

        assertThat(leases().keep(lease, longer)).isTrue();

        Sighting<String> kept = seen("k");
        assertThat(kept.value()).isEqualTo("v");
        assertThat(kept.freshFor()).isBetween(Duration.ofSeconds(170), Duration.ofMinutes(3));
        assertThat(kept.loadTime()).isEqualTo(Duration.ofMillis(20));
        assertThat(kept.leased()).isFalse();
        assertThat(leases().keep(lease, longer)).isFalse();
    }

    @Test
    default void l11_restingItIsLeasedToNobody() {
        stored("k", "v", TERMS);
        Lease lease = refreshed("k");

        assertThat(leases().rest(lease, Duration.ofSeconds(30))).isTrue();

        assertThat(seen("k").resting()).isTrue();
        assertThat(seen("k").value()).isEqualTo("v");
        assertThat(leases().refresh(seen("k"), MINUTE)).isNull();
        assertThat(leases().fill(lease, "late", TERMS)).isFalse();
        fixture().passTime(Duration.ofSeconds(30));
        assertThat(seen("k").resting()).isFalse();
        refreshed("k");
    }

    @Test
    default void l13_thatALoadFailedIsKeptForATime() {
        Lease lease = ((LeaseAnswer.Granted<String>) leases().take("k", TypeRef.of(String.class), MINUTE)).lease();

        assertThat(leases().fail(lease, "java.io.IOException", MINUTE)).isTrue();

        assertThat(leases().take("k", TypeRef.of(String.class), MINUTE))
                .isEqualTo(new LeaseAnswer.Failed<String>("java.io.IOException"));
        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().exists("k")).isFalse();
        assertThat(leases().fill(lease, "late", MINUTE)).isFalse();
        assertThat(leases().fail(lease, "again", MINUTE)).isFalse();
        fixture().passTime(MINUTE);
        assertThat(leases().take("k", TypeRef.of(String.class), MINUTE)).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    default void l13_setReplacesIt() {
        Lease lease = ((LeaseAnswer.Granted<String>) leases().take("k", TypeRef.of(String.class), MINUTE)).lease();
        leases().fail(lease, "java.io.IOException", MINUTE);

        cache().set("k", "v", MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }
}
