package io.cacheport.simulation;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadContext;
import io.cacheport.aside.LoadFailedException;
import io.cacheport.aside.LoadInterruptedException;
import io.cacheport.aside.LoadRejectedException;
import io.cacheport.aside.LoadTimeoutException;
import io.cacheport.lease.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A read, by any entry, from its beginning to what came of it. */
final class Call {

    private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

    private final World world;
    private final Actor me;
    private final Scheduler scheduler;
    private final History history;
    private final SplittableRandom random;
    private final CachePolicy policy;
    private final Telling telling;
    private final History.Before before;
    private final Set<String> loaded = new HashSet<>();

    Call(World world, Actor me) {
        this.world = world;
        this.me = me;
        this.scheduler = world.scheduler;
        this.history = world.history;
        this.random = world.scheduler.random();
        this.policy = world.manner.any(random);
        this.telling = new Telling(world, policy);
        this.before = history.before();
    }

    void read(Node node) {
        Cache<Integer, Row> view = world.manner.view(node, policy);
        try {
            if (random.nextInt(3) == 0) {
                readAll(view);
            } else {
                readOne(view, node, world.anyKey(), true);
            }
        } catch (LoadFailed failure) {
            failed(failure);
        } catch (LoadTimeoutException | LoadRejectedException late) {
            outOfTime(late);
        } catch (LoadInterruptedException | InterruptedException interrupted) {
            if (!me.wasInterrupted) {
                throw scheduler.violated("was given another's interrupt: " + interrupted);
            }
            scheduler.note("interrupted");
        }
    }

    private void readOne(Cache<Integer, Row> view, Node node, String key, boolean mayNest)
            throws LoadFailed, InterruptedException {
        boolean outer = me.asksForOne;
        boolean outerHasWaited = me.hasWaitedInVain;
        me.asksForOne = true;
        me.hasWaitedInVain = false;
        me.hasLookedFor = 0;
        try {
            readAnyhow(view, node, key, mayNest);
        } finally {
            node.callEnds(key, me);
            me.asksForOne = outer;
            me.hasWaitedInVain = outerHasWaited;
        }
    }

    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    private void readAnyhow(Cache<Integer, Row> view, Node node, String key, boolean mayNest)
            throws LoadFailed, InterruptedException {
        scheduler.note("reads", key);
        int number = numberOf(key);
        try {
            switch (random.nextInt(6)) {
                case 0 -> {
                    Row row = view.getIfPresent(number);
                    if (row != null) {
                        given(key, row);
                    }
                }
                case 1 -> given(key, checked(() -> view.get(number, asked -> load(node, key, mayNest))));
                case 2, 3 ->
                    given(
                            key,
                            checked(() -> view.getWithContext(
                                    number, (asked, context) -> load(node, key, mayNest, context))));
                case 4 ->
                    given(
                            key,
                            checked(() -> withCache(
                                    node, key, policy, TypeRef.of(Row.class), () -> load(node, key, mayNest))));
                default ->
                    given(
                            key,
                            checked(() -> view.lookup(number, asked -> load(node, key, mayNest)))
                                    .value());
            }
        } catch (LoadFailedException failedBefore) {
            scheduler.note("given:", failedBefore);
            history.givenFailure(key, before);
        }
    }

    private void readAll(Cache<Integer, Row> view) throws LoadFailed, InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        for (String key : world.keys) {
            if (random.nextInt(4) != 0) {
                numbers.add(random.nextInt(numbers.size() + 1), numberOf(key));
            }
        }
        scheduler.note("reads all of", numbers);
        Map<Integer, Row> rows;
        try {
            rows = checked(() -> view.getAll(numbers, asked -> loadAll(view, asked)));
        } catch (LoadFailedException failedBefore) {
            scheduler.note("given:", failedBefore);
            return;
        }
        if (!numbers.containsAll(rows.keySet())) {
            throw scheduler.violated("asked for " + numbers + ", given " + rows);
        }
        numbers.forEach(number -> given(view.keyOf(number), rows.get(number)));
    }

    /** What may come out of a read; anything else ends the thread, and the run with it. */
    @FunctionalInterface
    private interface Read<T extends @Nullable Object> {
        T run() throws Exception;
    }

    private static <T extends @Nullable Object> T checked(Read<T> read) throws LoadFailed, InterruptedException {
        try {
            return read.run();
        } catch (LoadFailed | InterruptedException | RuntimeException asItIs) {
            throw asItIs;
        } catch (Exception other) {
            throw new AssertionError("no loader throws such", other);
        }
    }

    private @Nullable Row load(Node node, String key, boolean mayNest) throws LoadFailed, InterruptedException {
        return load(node, key, mayNest, null);
    }

    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    private @Nullable Row load(Node node, String key, boolean mayNest, @Nullable LoadContext<@Nullable Row> context)
            throws LoadFailed, InterruptedException {
        return during(List.of(key), () -> {
            if (mayNest && scheduler.chance(world.plan.nested())) {
                String inner = world.anyKey();
                if (!inner.equals(key)) {
                    nested(node, inner);
                }
            }
            Row row = telling.tagged(history.read(key));
            return context == null ? row : telling.inContext(key, row, context);
        });
    }

    private void nested(Node node, String key) throws LoadFailed, InterruptedException {
        Call call = new Call(world, scheduler.me());
        try {
            call.readOne(world.manner.view(node, call.policy), node, key, false);
        } catch (LoadFailed failure) {
            call.failed(failure);
            throw new LoadFailed(history.tick());
        } catch (LoadTimeoutException | LoadRejectedException late) {
            call.outOfTime(late);
            throw new LoadFailed(history.tick());
        }
    }

    private Map<Integer, Row> loadAll(Cache<Integer, Row> view, Set<Integer> numbers)
            throws LoadFailed, InterruptedException {
        return during(numbers.stream().map(view::keyOf).toList(), () -> {
            Map<Integer, Row> rows = new HashMap<>();
            boolean generous = random.nextInt(4) == 0;
            for (String key : world.keys) {
                boolean asked = numbers.contains(numberOf(key));
                Row row = asked || generous ? telling.tagged(history.read(key, !asked)) : null;
                if (row != null) {
                    rows.put(numberOf(key), row);
                }
            }
            return rows;
        });
    }

    private <T extends @Nullable Object> T during(List<String> keys, Read<T> query)
            throws LoadFailed, InterruptedException {
        Actor loading = scheduler.me();
        Map<String, @Nullable Long> leases = new HashMap<>();
        for (String key : keys) {
            if (!loaded.add(key)) {
                throw scheduler.violated(key + " is loaded twice by one call");
            }
            leases.put(key, loading.leasedAt.remove(key));
            history.loadBegins(key, leases.get(key), scheduler.now() - before.nanos());
        }
        try {
            scheduler.note("loads", keys);
            takeTime();
            T result = checked(query);
            takeTime();
            if (scheduler.chance(Math.max(world.plan.loadFails(), world.manner.loadFails))) {
                throw new LoadFailed(history.tick());
            }
            return result;
        } catch (LoadFailed failure) {
            for (String key : keys) {
                history.loadFails(key);
                Stamp refreshed = loading.refreshing.get(key);
                if (refreshed != null) {
                    history.refreshing.fails(refreshed);
                }
            }
            throw failure;
        } finally {
            keys.forEach(key -> {
                history.loadEnds(key, leases.get(key));
                loading.refreshing.remove(key);
            });
        }
    }

    private void takeTime() throws InterruptedException {
        boolean slow = scheduler.chance(world.plan.loadIsSlow());
        scheduler.me().pause(random.nextLong(slow ? SLOW_NANOS : QUICK_NANOS));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void given(String key, @Nullable Row row) {
        scheduler.note("given", row == null ? "no " + key : row);
        history.given(key, row, before);
    }

    private void failed(LoadFailed failure) {
        scheduler.note("given:", failure);
        if (failure.failedAt < before.at()) {
            throw scheduler.violated("was given the failure of a load that had failed before it began");
        }
    }

    private void outOfTime(RuntimeException late) {
        scheduler.note("given:", late);
        Duration most = policy.hardTimeout();
        boolean inTime = most != null && scheduler.now() - before.nanos() < most.toNanos();
        if (late instanceof LoadTimeoutException ? most == null || inTime : !world.manner.timed) {
            throw scheduler.violated("was turned away: " + late);
        }
    }

    static int numberOf(String key) {
        return Integer.parseInt(key.substring(key.indexOf(':') + 1));
    }
}
