package io.cacheport.inmemory;

import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.Leases;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Claims that the leases of one key, by the rules L1 to L6, and what else is done to the key meanwhile, are linearizable:
 * there is one place, which holds a value, a lease or nothing. Of L5 that a lease can be renewed; that it ends by its time
 * is for the kit, since the clock here only moves on from call to call and never so far.
 *
 * <p>A lease is filled and released by the thread that took it, as the engine does. Only the renewal of others' leases, by
 * the engine's timer, comes from elsewhere; it must not be seen.
 */
@Tag("lincheck")
@Param(name = "holder", gen = ThreadIdGen.class)
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class InMemoryLeasesLincheckTest {

    private static final TypeRef<Integer> TYPE = TypeRef.of(Integer.class);
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final InMemoryCacheAdapter cache = LincheckRuns.adapter(clock::incrementAndGet);
    private final Leases leases = cache.leases();
    private final AtomicReferenceArray<@Nullable Lease> held = new AtomicReferenceArray<>(2);

    @Test
    void modelChecked() {
        LincheckRuns.modelChecking(80)
                .sequentialSpecification(Spec.class)
                .addCustomScenario(releaseDuring(actor("renewOfAll")))
                .addCustomScenario(releaseDuring(actor("set", 1)))
                .check(InMemoryLeasesLincheckTest.class);
    }

    @Test
    @Tag("full")
    void stressed() {
        LincheckRuns.stress().sequentialSpecification(Spec.class).check(InMemoryLeasesLincheckTest.class);
    }

    /**
     * Drawn too rarely. A renewal then replaces the lease that the release has just read, which once left it there; a set
     * writes what the release must not remove.
     */
    private static ExecutionScenario releaseDuring(Actor other) {
        return new ExecutionScenario(
                List.of(actor("take", 1)),
                List.of(List.of(actor("release", 1)), List.of(other)),
                List.of(actor("get")),
                null);
    }

    private static Actor actor(String operation, Object... arguments) {
        return new Actor(
                Arrays.stream(InMemoryLeasesLincheckTest.class.getMethods())
                        .filter(method -> method.getName().equals(operation))
                        .findFirst()
                        .orElseThrow(),
                List.of(arguments));
    }

    /** What runs before and after the two threads runs on the first of them. */
    private static int slotOf(int holder) {
        return holder == 2 ? 1 : 0;
    }

    @Operation
    public String take(@Param(name = "holder") int holder) {
        LeaseAnswer<Integer> answer = leases.take("k", TYPE, LONG);
        if (answer instanceof Granted<Integer> granted) {
            held.set(slotOf(holder), granted.lease());
            return "granted";
        }
        return answer instanceof Found<Integer> found ? "found " + found.value() : "taken";
    }

    @Operation
    public boolean fill(@Param(name = "holder") int holder, @Param(name = "value") int value) {
        Lease lease = held.get(slotOf(holder));
        return lease != null && leases.fill(lease, value, LONG);
    }

    @Operation
    public boolean renew(@Param(name = "holder") int holder) {
        Lease lease = held.get(slotOf(holder));
        return lease != null && leases.renew(lease);
    }

    @Operation
    public void renewOfAll() {
        for (int i = 0; i < held.length(); i++) {
            Lease lease = held.get(i);
            if (lease != null) {
                leases.renew(lease);
            }
        }
    }

    @Operation
    public boolean release(@Param(name = "holder") int holder) {
        Lease lease = held.get(slotOf(holder));
        return lease != null && leases.release(lease);
    }

    @Operation
    public void set(@Param(name = "value") int value) {
        cache.set("k", value, LONG);
    }

    @Operation
    public boolean del() {
        return cache.del("k");
    }

    @Operation
    public long flush() {
        return cache.flush("k*");
    }

    @Operation
    public @Nullable Integer get() {
        return cache.get("k", TYPE);
    }

    @Operation
    public boolean expire() {
        return cache.expire("k", LONG);
    }

    /** The one place, used by one thread. */
    public static class Spec {
        private @Nullable Integer value;
        private @Nullable Integer leasedBy;

        public String take(int holder) {
            if (value != null) {
                return "found " + value;
            }
            if (leasedBy != null) {
                return "taken";
            }
            leasedBy = slotOf(holder);
            return "granted";
        }

        public boolean fill(int holder, int filled) {
            if (!renew(holder)) {
                return false;
            }
            set(filled);
            return true;
        }

        public boolean renew(int holder) {
            return leasedBy != null && leasedBy == slotOf(holder);
        }

        public void renewOfAll() {}

        public boolean release(int holder) {
            return renew(holder) && del();
        }

        public void set(int put) {
            value = put;
            leasedBy = null;
        }

        public boolean del() {
            boolean there = value != null || leasedBy != null;
            value = null;
            leasedBy = null;
            return there;
        }

        public long flush() {
            return del() ? 1 : 0;
        }

        public @Nullable Integer get() {
            return value;
        }

        public boolean expire() {
            return value != null;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && Objects.equals(value, that.value)
                    && Objects.equals(leasedBy, that.leasedBy);
        }

        @Override
        public int hashCode() {
            return Objects.hash(value, leasedBy);
        }
    }
}
