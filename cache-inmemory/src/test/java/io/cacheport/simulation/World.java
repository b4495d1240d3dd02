package io.cacheport.simulation;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.aside.ThreadWithTime;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run: the processes, their store and the weather. */
final class World {

    /** A13. */
    static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    final Scheduler scheduler;
    final Plan plan;
    final InMemoryCacheAdapter store;
    final History history;
    final List<String> keys;

    /** All calls have ended, and no fault befalls what is left to do. */
    boolean isOver;

    /** Those that live. */
    private final List<Node> nodes = new ArrayList<>();

    private int clientsLeft;

    /** What runs in the background, of processes that live or did. */
    private int inBackground;

    World(Scheduler scheduler, SplittableRandom random, Plan plan, boolean traced) {
        this.scheduler = scheduler;
        this.plan = plan;
        this.keys = IntStream.range(0, plan.keys())
                .mapToObj(number -> "row:" + number)
                .toList();
        this.history = new History(this, keys);
        scheduler.prepare(random, plan, traced, this::weather);
        this.store = InMemoryCacheAdapter.builder().nanoTime(scheduler::now).build();
        for (int number = 0; number < plan.nodes(); number++) {
            nodes.add(new Node(this, number));
            int of = number;
            scheduler.add("n" + number + ".timers", nodes.get(number), () -> runTimers(of));
            for (int each = 0; each < plan.clientsPerNode(); each++) {
                addClient("n" + number + ".c" + each, nodes.get(number));
            }
        }
        for (int number = 0; number < plan.foreigners(); number++) {
            addClient("foreign", null);
        }
        scheduler.add("end", null, this::end);
    }

    private void addClient(String role, @Nullable Node node) {
        clientsLeft++;
        scheduler.add(role, node, () -> {
            new Client(this).run();
            clientsLeft--;
        });
    }

    boolean inBackground(Node node, Runnable task) {
        if (scheduler.chance(plan.tooManyInBackground())) {
            scheduler.note("too many in the background");
            return false;
        }
        inBackground++;
        scheduler.add("n" + node.number + ".background", node, () -> {
            try {
                task.run();
            } finally {
                inBackground--;
            }
        });
        return true;
    }

    private boolean isQuiet() {
        return clientsLeft == 0 && inBackground == 0;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    private void runTimers(int number) {
        Actor me = scheduler.me();
        while (!isQuiet()) {
            me.node = node(number);
            try {
                me.node.timers.run();
            } catch (Scheduler.Killed killed) {
                scheduler.note("begins anew");
            }
        }
    }

    /** What befalls them between two steps. */
    private void weather() {
        if (isOver || plan.calm()) {
            return;
        }
        SplittableRandom random = scheduler.random();
        if (scheduler.chance(plan.standsStill())) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            node.standsStillUntil = scheduler.now() + random.nextLong(2 * LEASE_NANOS);
            scheduler.note("weather: process", node.number, "stands still until", node.standsStillUntil / 1e6);
        }
        if (scheduler.chance(plan.killed())) {
            int number = random.nextInt(nodes.size());
            scheduler.note("weather: process", number, "is killed");
            nodes.get(number).kill();
            nodes.set(number, new Node(this, number));
        }
        if (scheduler.chance(plan.storeRestarts())) {
            scheduler.note("weather: the store restarts without data");
            store.clear();
        }
        if (scheduler.chance(plan.evicted())) {
            String key = anyKey();
            scheduler.note("weather: evicted", key);
            store.del(key);
        }
        if (scheduler.chance(plan.overwritten())) {
            String key = anyKey();
            scheduler.note("weather: something else is stored under", key);
            store.set(key, "not a row", Duration.ofNanos(plan.ttlNanos()));
        }
        if (scheduler.chance(plan.interrupted())) {
            List<Actor> all = scheduler.unfinished();
            all.get(random.nextInt(all.size())).toBeInterrupted = true;
        }
    }

    String anyKey() {
        return keys.get(scheduler.random().nextInt(keys.size()));
    }

    /** After all calls have ended: nothing is left of them, and the store serves what the database has. */
    @SuppressWarnings("NullAway") // the checker does not see that the loader's type argument is nullable
    private void end() {
        scheduler.await(this::isQuiet, Long.MAX_VALUE, false);
        for (Node node : nodes) {
            if (!node.timers.isEmpty()) {
                throw scheduler.violated("a lease is renewed for ever");
            }
            if (ThreadWithTime.hasFlights(node)) {
                throw scheduler.violated("a flight is left in the table");
            }
            node.timers.end();
        }
        if (plan.calm()) {
            requireValuesOnly("though nothing failed");
        }
        isOver = true;
        nodes.forEach(node -> node.standsStillUntil = 0);
        scheduler.late.forEach(Runnable::run);
        scheduler.late.clear();
        scheduler.passTime(Math.max(plan.ttlNanos(), LEASE_NANOS) + 1);
        for (Node node : nodes) {
            scheduler.me().node = node;
            for (String key : keys) {
                long start = scheduler.now();
                Row row = withCache(node, key, Duration.ofNanos(plan.ttlNanos()), Row.class, () -> history.read(key));
                history.given(key, row, history.invalidations(), start);
                history.givenAfterAll(key, row);
                if (scheduler.now() - start > AT_ONCE_NANOS) {
                    throw scheduler.violated(key + " has to be waited for, though nobody loads it");
                }
            }
        }
        requireValuesOnly("after all has expired");
    }

    private void requireValuesOnly(String when) {
        long held = store.getStats().keys();
        long served = keys.stream().filter(store::exists).count();
        if (held != served) {
            throw scheduler.violated("the store holds " + held + " entries and serves " + served + ", " + when);
        }
    }
}
