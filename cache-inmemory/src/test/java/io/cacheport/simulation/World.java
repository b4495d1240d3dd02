package io.cacheport.simulation;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.TypeRef;
import io.cacheport.aside.ThreadWithTime;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
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
    final Manner manner;
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
        this.manner = new Manner(random, plan);
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
        if (!isOver && scheduler.chance(plan.tooManyInBackground())) {
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
                })
                .isInBackground = true;
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
        while (!isOver && !isQuiet()) {
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
            kill(random.nextInt(nodes.size()));
        }
        if (scheduler.chance(plan.storeRestarts())) {
            scheduler.note("weather: the store restarts without data");
            store.clear();
            keys.forEach(key -> history.disturbed(key, history.tick()));
        }
        if (scheduler.chance(plan.evicted())) {
            List<String> tags = manner.tags();
            boolean aTag = !tags.isEmpty() && random.nextBoolean();
            String tag = !aTag || random.nextInt(4) == 0 ? Tags.ALL : tags.get(random.nextInt(tags.size()));
            String key = aTag ? Tags.keyOf(tag) : anyKey();
            scheduler.note("weather: evicted", key);
            store.del(key);
            history.disturbed(key, history.tick());
            if (!tag.startsWith("kind:")) { // what only a loader knows may be known anew while it loads
                history.tagInvalidated(tag, history.tick());
            }
        }
        if (scheduler.chance(plan.overwritten())) {
            String key = anyKey();
            scheduler.note("weather: something else is stored under", key);
            store.set(key, "not a row", Duration.ofNanos(plan.ttlNanos()));
            history.disturbed(key, history.tick());
        }
        if (scheduler.chance(plan.interrupted())) {
            List<Actor> all = scheduler.unfinished();
            Actor one = all.get(random.nextInt(all.size()));
            one.toBeInterrupted = !one.isInBackground;
        }
    }

    void kill(int number) {
        scheduler.note("weather: process", number, "is killed");
        nodes.get(number).kill();
        nodes.set(number, new Node(this, number));
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
            if (ThreadWithTime.hasRefreshes(node)) {
                throw scheduler.violated("a refresh is left in the table");
            }
        }
        if (plan.calm()) {
            requireNothingInTheWay("though nothing failed");
        }
        isOver = true;
        scheduler.leaps = false;
        scheduler.me().toBeInterrupted = false;
        Thread.interrupted();
        for (Node node : nodes) {
            node.standsStillUntil = 0;
            node.timers.end();
        }
        scheduler.late.forEach(Runnable::run);
        scheduler.late.clear();
        long longest = plan.ttlNanos() + manner.staleNanos() + manner.errorNanos();
        scheduler.passTime(Math.max(Math.max(longest, LEASE_NANOS), manner.hold.toNanos()) + 1);
        for (Node node : nodes) {
            scheduler.me().node = node;
            for (String key : keys) {
                History.Before before = history.before();
                Row row = withCache(
                        node, key, manner.any(scheduler.random()), TypeRef.of(Row.class), () -> history.read(key));
                history.given(key, row, before);
                history.givenAfterAll(key, row);
                if (scheduler.now() - before.nanos() > AT_ONCE_NANOS) {
                    throw scheduler.violated(key + " has to be waited for, though nobody loads it");
                }
            }
        }
        scheduler.await(this::isQuiet, Long.MAX_VALUE, false);
        requireNothingInTheWay("after all has expired");
    }

    private void requireNothingInTheWay(String when) {
        for (String key : keys) {
            Sighting<Row> seen = store.leases().look(key, TypeRef.of(Row.class), true, List.of());
            LeaseAnswer<Row> answer =
                    seen == null ? store.leases().take(key, TypeRef.of(Row.class), Duration.ofMillis(1)) : null;
            if (answer instanceof Taken
                    || answer instanceof Held
                    || (seen != null && seen.leased() && !seen.resting())) {
                throw scheduler.violated(key + " is leased or being written, " + when);
            }
            if (answer instanceof Granted<Row> granted) {
                store.leases().release(granted.lease());
            }
        }
    }
}
