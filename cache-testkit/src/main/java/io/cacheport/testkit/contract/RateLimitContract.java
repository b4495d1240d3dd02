package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.limit.Decision;
import io.cacheport.limit.Decision.Allowed;
import io.cacheport.limit.Decision.Denied;
import io.cacheport.limit.Decision.Unknown;
import io.cacheport.limit.RateLimit;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Q1 to Q6: rate limits. For adapters that have counters. */
public interface RateLimitContract extends Contract {

    private RateLimit perMinute(long limit) {
        return RateLimit.of(cache()).allow(limit).per(MINUTE);
    }

    @Test
    default void q1_exactlyTheLimitIsAllowedInEachWindow() throws InterruptedException {
        assertThat(allowedOf(8, 50, 100)).isEqualTo(100);
        assertThat(allowedOf(2, 10, 100)).isZero();

        fixture().passTime(MINUTE);

        assertThat(allowedOf(8, 50, 100)).isEqualTo(100);
    }

    private int allowedOf(int threads, int each, long limit) throws InterruptedException {
        RateLimit shared = perMinute(limit);
        AtomicInteger allowed = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (int n = 0; n < each; n++) {
                            if (shared.tryAcquire("k").isAllowed()) {
                                allowed.incrementAndGet();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        return allowed.get();
    }

    @Test
    default void q1_eachKeyHasItsOwn() {
        RateLimit one = perMinute(1);

        assertThat(one.tryAcquire("a").isAllowed()).isTrue();
        assertThat(one.tryAcquire("b").isAllowed()).isTrue();
        assertThat(one.tryAcquire("a").isAllowed()).isFalse();
    }

    @Test
    default void q2_theWindowBeginsWithTheFirstAttempt() {
        RateLimit two = perMinute(2);
        two.tryAcquire("k");
        fixture().passTime(Duration.ofSeconds(40));
        two.tryAcquire("k");

        assertThat(two.tryAcquire("k")).isInstanceOf(Denied.class);
        fixture().passTime(Duration.ofSeconds(20));

        assertThat(two.tryAcquire("k")).isEqualTo(new Allowed(1));
    }

    @Test
    default void q2_aCounterThatSomethingElseMadeGetsAnEnd() {
        RateLimit one = perMinute(1);
        Structures.of(cache()).increment("k", 7);

        assertThat(one.tryAcquire("k")).isEqualTo(new Denied(MINUTE));
        fixture().passTime(MINUTE);

        assertThat(one.tryAcquire("k")).isEqualTo(new Allowed(0));
    }

    @Test
    default void q3_tellsWhatRemains() {
        RateLimit three = perMinute(3);

        assertThat(three.tryAcquire("k")).isEqualTo(new Allowed(2));
        assertThat(three.tryAcquire("k")).isEqualTo(new Allowed(1));
        fixture().passTime(Duration.ofSeconds(20));
        assertThat(three.tryAcquire("k")).isEqualTo(new Allowed(0));
        assertThat(three.tryAcquire("k"))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.retryAfter())
                                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40)));
    }

    @Test
    default void q4_whoIsDeniedDoesNotMakeItWorse() {
        RateLimit two = perMinute(2);
        for (int i = 0; i < 10; i++) {
            two.tryAcquire("k");
            fixture().passTime(Duration.ofSeconds(6));
        }

        assertThat(two.tryAcquire("k")).isEqualTo(new Allowed(1));
    }

    @Test
    default void q5_anIllCacheAllowsUnlessItIsToDeny() {
        RateLimit open = perMinute(1);
        RateLimit closed = perMinute(1).failClosed();
        RateLimit strict = RateLimit.of(cache().strict()).allow(1).per(MINUTE);
        fixture().closeCache();

        for (int i = 0; i < 3; i++) {
            assertThat(open.tryAcquire("k")).isEqualTo(new Unknown(true));
            assertThat(closed.tryAcquire("k")).isEqualTo(new Unknown(false));
            assertThat(closed.tryAcquire("k").retryAfter()).isZero();
        }
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> strict.tryAcquire("k"));
    }

    @Test
    default void q5_aWellCacheDecidesForBoth() {
        RateLimit closed = perMinute(1).failClosed();

        Decision first = closed.tryAcquire("k");

        assertThat(first).isEqualTo(new Allowed(0));
        assertThat(closed.tryAcquire("k")).isInstanceOf(Denied.class);
        assertThat(closed).hasToString("RateLimit[1 per PT1M, fails closed]");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // passing null where it is not allowed is the point
    default void q6_badArgumentsAreRefusedAtOnce() {
        RateLimit.Builder limit = RateLimit.of(cache()).allow(1);

        assertThatIllegalArgumentException().isThrownBy(() -> limit.allow(0)).withMessage("limit 0 is less than 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limit.per(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limit.per(CacheServicePort.NO_EXPIRY))
                .withMessageContaining("is more than");
        assertThatIllegalArgumentException().isThrownBy(() -> limit.per(null)).withMessageContaining("null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimit.of(cache()).per(MINUTE))
                .withMessageContaining("allow");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> limit.per(MINUTE).tryAcquire(" "))
                .withMessageContaining("blank");
        assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.of(null));
        assertThat(cache().getStats().keys()).isZero();
    }
}
