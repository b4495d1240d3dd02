package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.invalidateTag;
import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A11, A16, A19 and A21 where something happens while a call is on its way. */
public interface MeanwhileContract extends Contract {

    /** Values with a tag. */
    CachePolicy RED = CachePolicy.ttl(MINUTE).jitter(0).tags("red");

    private static int load(CacheServicePort cache, CachePolicy policy, AtomicInteger loads) {
        return withCache(cache, "k", policy, TypeRef.of(Integer.class), loads::incrementAndGet);
    }

    /** Until it waits for another's load. */
    private static void joins(Thread caller) {
        caller.start();
        Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
    }

    @Test
    default void a21_whoComesAfterAnInvalidationDoesNotShareALoadFromBefore() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        Thread caller = new Thread(() -> later.set(load(cache(), RED, loads)), "later");

        int old = withCache(cache(), "k", RED, TypeRef.of(Integer.class), () -> {
            int loaded = loads.incrementAndGet();
            invalidateTag(cache(), "red");
            joins(caller);
            return loaded;
        });
        caller.join();

        assertThat(old).isEqualTo(1);
        assertThat(later).hasValue(2);
    }

    @Test
    default void a19_whoComesAfterARemovalIsNotToldOfAFailureBeforeIt() throws Exception {
        CachePolicy policy = CachePolicy.ttl(MINUTE).errorTtl(MINUTE);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> withCache(cache(), "k", policy, TypeRef.of(Integer.class), () -> {
                    throw new IOException("database down");
                }));
        AtomicInteger loads = new AtomicInteger();
        AtomicInteger later = new AtomicInteger();
        AtomicInteger answers = new AtomicInteger();
        Thread[] caller = new Thread[1];
        Asking cache = new Asking(cache(), "take", () -> {
            if (answers.incrementAndGet() == 1) {
                cache().del("k");
                joins(caller[0]);
            }
        });
        caller[0] = new Thread(() -> later.set(load(cache, policy, loads)), "later");

        assertThatExceptionOfType(LoadFailedException.class).isThrownBy(() -> load(cache, policy, loads));
        caller[0].join();

        assertThat(later).hasValue(1);
    }

    @Test
    default void a16_whoWantsNoStaleValueDoesNotShareOne() throws Exception {
        CachePolicy kept = CachePolicy.ttl(MINUTE).jitter(0).staleIfError(Duration.ofHours(1));
        CachePolicy plain = CachePolicy.ttl(MINUTE);
        AtomicInteger loads = new AtomicInteger();
        load(cache(), kept, loads);
        fixture().passTime(MINUTE);
        AtomicInteger later = new AtomicInteger();
        Thread caller = new Thread(() -> later.set(load(cache(), plain, loads)), "later");

        int stale = withCache(cache(), "k", kept, TypeRef.of(Integer.class), () -> {
            joins(caller);
            throw new IllegalStateException("database down");
        });
        caller.join();

        assertThat(stale).isEqualTo(1);
        assertThat(later).hasValue(2);
    }

    @Test
    default void a11_tagsThatAreNotToldAreNotWaitedForTwice() {
        Asking cache = new Asking(cache(), "stamps", Asking.NO_ANSWER);

        assertThat(load(cache, RED, new AtomicInteger())).isEqualTo(1);

        assertThat(cache.asked).containsExactly("look", "take", "stamps");
        assertThat(cache().get("k", Integer.class)).isNull();
    }

    @Test
    default void a16_theStaleValueIsServedEvenWhereTagsAreNotTold() {
        CachePolicy policy = RED.staleIfError(Duration.ofHours(1));
        load(cache(), policy, new AtomicInteger());
        fixture().passTime(MINUTE);
        Asking cache = new Asking(cache(), "stamps", Asking.NO_ANSWER);

        int stale = withCache(cache, "k", policy, TypeRef.of(Integer.class), () -> {
            throw new IllegalStateException("database down");
        });

        assertThat(stale).isEqualTo(1);
        assertThat(cache.asked).containsExactly("look", "refresh", "stamps");
    }
}
