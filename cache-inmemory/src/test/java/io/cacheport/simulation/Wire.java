package io.cacheport.simulation;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of a command to the store and of its answer back, on which either may be lost. */
final class Wire {

    /** More than a caller's patience with another's look. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final World world;
    private final Scheduler scheduler;

    Wire(World world) {
        this.world = world;
        this.scheduler = world.scheduler;
    }

    /** What the store answered; {@link CacheException} if the answer did not come in time. */
    <T> T send(String what, Object about, Supplier<T> command) {
        if (scheduler.me().hasWaitedInVain) {
            throw scheduler.violated("an ill cache is asked twice by one call: " + what + " " + about);
        }
        scheduler.step();
        Plan plan = world.plan;
        if (world.isOver) {
            return execute(what, about, command);
        }
        if (scheduler.chance(plan.refused())) {
            scheduler.note(what, about, "refused");
            throw CacheException.of(ErrorCause.REFUSED, "refused", null);
        }
        if (scheduler.chance(plan.dropped())) {
            throw timeout(what + " lost", about);
        }
        if (scheduler.chance(plan.executedLate())) {
            scheduler.late.add(() -> executeLate(what, about, command));
            throw timeout(what + " is late", about);
        }
        T answer = execute(what, about, command);
        if (scheduler.chance(plan.answerLost())) {
            throw timeout(what + "'s answer lost", about);
        }
        if (scheduler.chance(plan.answeredSlowly())) {
            scheduler.sleep(scheduler.random().nextLong(SLOW_NANOS));
        } else {
            scheduler.step();
        }
        return answer;
    }

    private <T> T execute(String what, Object about, Supplier<T> command) {
        Actor me = scheduler.me();
        try {
            T answer = command.get();
            me.executedBefore = me.executedAt;
            me.executedAt = world.history.tick();
            scheduler.note(what, about, "->", told(answer), "at", me.executedAt);
            return answer;
        } catch (CacheException failure) {
            scheduler.note(what, about, "->", failure);
            throw failure;
        }
    }

    private void executeLate(String what, Object about, Supplier<?> command) {
        try {
            scheduler.note("late:", what, about, "->", told(command.get()), "at", world.history.tick());
        } catch (CacheException nobodyListens) {
            scheduler.note("late:", what, about, "->", nobodyListens);
        }
    }

    private static Object told(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> map) {
            Map<Object, Object> each = new TreeMap<>();
            map.forEach((key, value) -> each.put(key, value instanceof String stamp ? stamp.length() : told(value)));
            return each;
        }
        if (answer instanceof Stamp) {
            return "begun"; // what it is is random
        }
        if (answer instanceof Set<?> leases) {
            return leases.size() + " live";
        }
        if (answer instanceof LeaseAnswer<?> of) {
            return of instanceof Found<?> found
                    ? "found " + found.value()
                    : of.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
        if (answer instanceof Lease lease) {
            return lease.ofValue() ? "granted" : lease.key();
        }
        if (answer instanceof Sighting<?> seen) {
            return seen.value() + (seen.isStale() ? ", stale" : "") + (seen.leased() ? ", leased" : "");
        }
        return answer == null || answer.getClass() != Object.class ? String.valueOf(answer) : "nothing";
    }

    private CacheException timeout(String what, Object about) {
        scheduler.note(what, about);
        scheduler.sleep(world.plan.timeoutNanos());
        scheduler.me().hasWaitedInVain = scheduler.me().asksForOne;
        return CacheException.of(ErrorCause.TIMEOUT, "no answer", null);
    }
}
