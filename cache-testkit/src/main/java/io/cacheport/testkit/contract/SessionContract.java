package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** U1 to U7: sessions, in the cache alone and with a store. The store's part of U4 and U5 needs leases. */
public interface SessionContract extends Contract {

    Duration HOUR = Duration.ofHours(1);
    Login ADA = new Login("ada", false);
    Login ADMIN = new Login("ada", true);

    /** What a session says. */
    record Login(String user, boolean admin) {}

    /** Sessions and, if there is one, the table behind. */
    record Kept(Sessions<Login> sessions, SessionTable table) {}

    private static Sessions.Builder<Login> hour() {
        return Sessions.named("session", Login.class, HOUR);
    }

    private Kept kept(boolean stored) {
        return kept(hour(), stored);
    }

    private Kept kept(Sessions.Builder<Login> builder, boolean stored) {
        SessionTable table = new SessionTable();
        return new Kept(stored ? builder.over(cache(), table) : builder.over(cache()), table);
    }

    private static String rotated(Sessions<Login> sessions, String id, Login login) {
        return Objects.requireNonNull(sessions.rotate(id, login), "there was nothing to rotate");
    }

    private void passMinutes(Kept kept, long minutes) {
        fixture().passTime(Duration.ofMinutes(minutes));
        kept.table.passTime(Duration.ofMinutes(minutes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u1_anIdFindsItsSessionAndNothingElseDoes(boolean stored) {
        Sessions<Login> sessions = kept(stored).sessions;
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String id = sessions.create(new Login("user" + i, false));
            assertThat(id).matches("[A-Za-z0-9_-]{22}");
            assertThat(sessions.find(id)).isEqualTo(new Login("user" + i, false));
            ids.add(id);
        }

        assertThat(ids).hasSize(100);
        for (String other : List.of("", " ", "*", "a\nb", "../x", "\ud800", "x".repeat(10_000))) {
            assertThat(sessions.find(other)).isNull();
            assertThat(sessions.rotate(other, ADMIN)).isNull();
            sessions.end(other);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u2_eachFindBeginsTheIdleTimeAnew(boolean stored) {
        Kept kept = kept(stored);
        String id = kept.sessions.create(ADA);
        for (int i = 0; i < 5; i++) {
            passMinutes(kept, 40);
            assertThat(kept.sessions.find(id)).as("find %d", i).isEqualTo(ADA);
        }

        passMinutes(kept, 60);

        assertThat(kept.sessions.find(id)).isNull();
    }

    @Test
    default void u2_theStoreIsAskedFourTimesInAnIdleTime() {
        Kept kept = kept(true);
        String id = kept.sessions.create(ADA);
        for (int i = 0; i < 60; i++) {
            assertThat(kept.sessions.find(id)).isEqualTo(ADA);
            passMinutes(kept, 1);
        }

        assertThat(kept.table.renewals()).isBetween(3, 4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u3_theLongestLifeEndsWhateverHappens(boolean stored) {
        Kept kept = kept(hour().atMost(Duration.ofHours(3)), stored);
        String used = kept.sessions.create(ADA);
        String rotated = kept.sessions.create(ADA);
        for (int i = 0; i < 5; i++) {
            passMinutes(kept, 30);
            assertThat(kept.sessions.find(used)).isEqualTo(ADA);
            rotated = rotated(kept.sessions, rotated, ADMIN);
        }

        passMinutes(kept, 30);

        assertThat(kept.sessions.find(used)).isNull();
        assertThat(kept.sessions.find(rotated)).isNull();
        assertThat(kept.sessions.rotate(used, ADA)).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u4_whatWasEndedIsOver(boolean stored) {
        Sessions<Login> sessions = kept(hour().atMost(Duration.ofHours(3)), stored).sessions;
        String id = sessions.create(ADA);
        String other = sessions.create(ADA);
        assertThat(sessions.find(id)).isEqualTo(ADA);

        sessions.end(id);
        sessions.end(id);

        assertThat(sessions.find(id)).isNull();
        assertThat(sessions.rotate(id, ADMIN)).isNull();
        assertThat(sessions.find(other)).isEqualTo(ADA);
        sessions.end(other);
        assertThat(cache().getStats().keys()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u4_afterARotationOnlyTheNewIdFinds(boolean stored) {
        Sessions<Login> sessions = kept(stored).sessions;
        String planted = sessions.create(ADA);
        assertThat(sessions.find(planted)).isEqualTo(ADA);

        String id = rotated(sessions, planted, ADMIN);

        assertThat(id).isNotEqualTo(planted);
        assertThat(sessions.find(planted)).isNull();
        assertThat(sessions.find(id)).isEqualTo(ADMIN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u4_oneOfThoseWhoRotateAtOnceSucceeds(boolean stored) throws InterruptedException {
        Sessions<Login> sessions = kept(stored).sessions;
        String id = sessions.create(ADA);
        List<String> rotated = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            new Thread(() -> {
                        String newId = sessions.rotate(id, ADMIN);
                        if (newId != null) {
                            rotated.add(newId);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(rotated).hasSize(1);
        assertThat(sessions.find(rotated.get(0))).isEqualTo(ADMIN);
    }

    @Test
    default void u4_aLoadUnderWayBringsNothingBack() {
        Kept kept = kept(true);
        String id = kept.sessions.create(ADA);
        cache().clear();
        kept.table.afterRenewal(() -> {
            kept.table.afterRenewal(() -> {});
            kept.sessions.end(id); // after the row was read, before it is stored
        });

        kept.sessions.find(id);

        assertThat(kept.sessions.find(id)).isNull();
    }

    @Test
    default void u5_whatTheCacheLostIsInTheStore() {
        Kept kept = kept(true);
        String id = kept.sessions.create(ADA);
        cache().clear();

        assertThat(kept.sessions.find(id)).isEqualTo(ADA);
        assertThat(kept.sessions.find(id)).isEqualTo(ADA);
        assertThat(kept.table.renewals()).isEqualTo(1);
    }

    @Test
    default void u5_withoutAStoreItIsOver() {
        Sessions<Login> sessions = kept(false).sessions;
        String id = sessions.create(ADA);
        cache().clear();

        assertThat(sessions.find(id)).isNull();
    }

    @Test
    default void u5_whileTheCacheIsAwayTheStoreServes() {
        Kept kept = kept(true);
        String before = kept.sessions.create(ADA);
        fixture().closeCache();

        String id = kept.sessions.create(ADMIN);

        assertThat(kept.sessions.find(before)).isEqualTo(ADA);
        assertThat(kept.sessions.find(id)).isEqualTo(ADMIN);
        String rotated = rotated(kept.sessions, id, ADA);
        assertThat(kept.sessions.find(id)).isNull();
        assertThat(kept.sessions.find(rotated)).isEqualTo(ADA);
        kept.sessions.end(rotated);
        assertThat(kept.sessions.find(rotated)).isNull();
    }

    @Test
    default void u5_whileTheCacheIsAwayNothingFailsWithoutAStore() {
        Sessions<Login> sessions = kept(hour().atMost(Duration.ofHours(3)), false).sessions;
        String id = sessions.create(ADA);
        fixture().closeCache();

        assertThat(sessions.find(id)).isNull();
        assertThat(sessions.rotate(id, ADMIN)).isNull();
        assertThat(sessions.find(sessions.create(ADA))).isNull();
        sessions.end(id);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // passing null where it is not allowed is the point
    default void u6_badArgumentsAreRefusedAtOnce() {
        Sessions<Login> sessions = kept(false).sessions;

        refused("PT0S", () -> Sessions.named("session", Login.class, Duration.ZERO));
        refused("PT0.003S", () -> Sessions.named("session", Login.class, Duration.ofMillis(3)));
        refused("atMost PT59M is less than idle PT1H", () -> hour().atMost(Duration.ofMinutes(59)));
        refused("life is null", () -> hour().atMost(null));
        refused("cache is null", () -> hour().over(null));
        refused("store is null", () -> hour().over(cache(), null));
        refused("a:b", () -> Sessions.named("a:b", Login.class, HOUR).over(cache()));
        refused("session is null", () -> sessions.create(null));
        refused("session is null", () -> sessions.rotate("id", null));
        refused("id is null", () -> sessions.find(null));
        assertThat(cache().getStats().keys()).isZero();
    }

    private static void refused(String said, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void u7_nobodyIsGivenAnId(boolean stored) {
        Kept kept = kept(hour().atMost(Duration.ofHours(3)), stored);
        String id = kept.sessions.create(ADA);
        kept.sessions.find(id);

        assertThat(kept.table.knows(id)).isFalse();
        assertThat(cache().flush("*" + id + "*")).isZero();
        assertThat(cache().flush("session:*")).isPositive();
        assertThat(kept.sessions.toString()).doesNotContain(id).contains("idle PT1H");
    }
}
