package io.cacheport.inmemory;

import io.cacheport.TypeRef;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Claims that what the in-memory adapter does with one key is linearizable, as if each call happened at one moment between
 * its begin and its end: {@code get}, {@code set}, {@code del}, {@code exists}, {@code ttl}, {@code expire}, and a {@code
 * flush} whose pattern matches that key.
 *
 * <p>Not claimed: calls on several keys, a {@code flush} of more than one among them, take the keys one after the other;
 * and where an entry expires and is written anew during one and the same read, the read may miss. So the clock stands
 * still.
 */
@Tag("lincheck")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
@Param(name = "ttl", gen = IntGen.class, conf = "1:2")
public class InMemoryLincheckTest {

    private static final TypeRef<Integer> TYPE = TypeRef.of(Integer.class);

    private final InMemoryCacheAdapter cache = LincheckRuns.adapter(() -> 1);

    @Test
    void modelChecked() {
        LincheckRuns.modelChecking(60).sequentialSpecification(Spec.class).check(InMemoryLincheckTest.class);
    }

    @Test
    @Tag("full")
    void stressed() {
        LincheckRuns.stress().sequentialSpecification(Spec.class).check(InMemoryLincheckTest.class);
    }

    @Operation
    public @Nullable Integer get() {
        return cache.get("k", TYPE);
    }

    @Operation
    public void set(@Param(name = "value") int value, @Param(name = "ttl") int ttl) {
        cache.set("k", value, Duration.ofSeconds(ttl));
    }

    @Operation
    public boolean del() {
        return cache.del("k");
    }

    @Operation
    public boolean exists() {
        return cache.exists("k");
    }

    @Operation
    public long ttl() {
        return cache.ttl("k").map(Duration::toSeconds).orElse(0L);
    }

    @Operation
    public boolean expire(@Param(name = "ttl") int ttl) {
        return cache.expire("k", Duration.ofSeconds(ttl));
    }

    @Operation
    public long flush() {
        return cache.flush("k*");
    }

    /** The same in two fields, by one thread; no TTL is no entry. */
    public static class Spec {
        private int value;
        private int ttl;

        public @Nullable Integer get() {
            return exists() ? value : null;
        }

        public void set(int put, int lives) {
            value = put;
            ttl = lives;
        }

        public boolean del() {
            boolean there = exists();
            set(0, 0);
            return there;
        }

        public boolean exists() {
            return ttl > 0;
        }

        public long ttl() {
            return ttl;
        }

        public boolean expire(int lives) {
            ttl = exists() ? lives : 0;
            return exists();
        }

        public long flush() {
            return del() ? 1 : 0;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that && value == that.value && ttl == that.ttl;
        }

        @Override
        public int hashCode() {
            return 31 * value + ttl;
        }
    }
}
