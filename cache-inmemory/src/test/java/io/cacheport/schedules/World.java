package io.cacheport.schedules;

import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.tiered.FeedSource.Changes;
import io.cacheport.tiered.NearStore;
import io.cacheport.tiered.Proof;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredBuilder;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One schedule: steps drawn from a seed, many of them in the middle of others, and what readers may be given. */
final class World {

    static final Duration BOUND = Duration.ofSeconds(1);

    private static final TypeRef<Long> LONG = TypeRef.of(Long.class);
    private static final String[] PLAIN = {"a", "b"};
    private static final String[] TAGGED = {"x", "y"};
    private static final String TAG = "t";
    private static final int DEEPEST = 4;

    final Flaw flaw;
    long now = 1_000_000_000_000L;

    @Nullable
    Wire wire;

    Changes listener = new Nobody();
    boolean hearing;

    @Nullable
    String violation;

    private final boolean servesWhileDown;
    private final SplittableRandom random;
    private final InMemoryCacheAdapter server;
    private final TieredCache cache;
    private final NearStore near;
    private final Map<String, Version> current = new HashMap<>();
    private final List<Version> all = new ArrayList<>();
    private final Tally tally;
    private int depth;
    private int budget;
    private long order;
    private @Nullable Proof lastProof;
    private final Deque<List<Version>> ownChanges = new ArrayDeque<>();

    /** A value that was stored. */
    private static final class Version {
        final String key;
        final boolean tagged;
        final long deadline;
        long until = Long.MAX_VALUE;
        long forbiddenFrom = Long.MAX_VALUE;

        Version(String key, boolean tagged, long deadline) {
            this.key = key;
            this.tagged = tagged;
            this.deadline = deadline;
        }
    }

    World(long seed, Flaw flaw, Tally tally) {
        this.flaw = flaw;
        this.tally = tally;
        this.random = new SplittableRandom(seed);
        this.servesWhileDown = random.nextBoolean();
        this.server = InMemoryCacheAdapter.builder().nanoTime(() -> now).build();
        InMemoryCacheAdapter memory = InMemoryCacheAdapter.builder()
                .nanoTime(() -> now)
                .maximumEntries(random.nextInt(4) == 0 ? 4 : 100)
                .build();
        this.near = new FlawedNear(memory.nearStore(), this);
        TieredBuilder builder = Tiered.near(new FlawedMemory(memory, near));
        if (servesWhileDown) {
            builder.serveWhileDown();
        }
        this.cache = builder.nearTtl(Duration.ofSeconds(3)).far(new PlayedStore(server, this));
    }

    @Nullable
    String run() {
        connect();
        if (wire != null) {
            wire.arrive();
        }
        budget = 150;
        while (budget > 0 && violation == null) {
            step();
        }
        cache.close();
        server.close();
        return violation;
    }

    /** Whatever happens in the middle of something. */
    void pause() {
        while (depth < DEEPEST && budget > 0 && random.nextInt(100) < 45) {
            depth++;
            try {
                step();
            } finally {
                depth--;
            }
        }
    }

    private void step() {
        budget--;
        switch (random.nextInt(40)) {
            case 0 -> flushed();
            case 1 -> own(cache::clear);
            case 2 -> own(() -> cache.del(anyKey()));
            case 3 -> own(() -> cache.del(random.nextBoolean() ? Tags.keyOf(TAG) : anyKey()));
            case 4 -> removed(anyKey());
            case 5 -> removed(Tags.keyOf(TAG));
            case 6 -> cutOrConnect();
            case 7 -> renewProof();
            case 8 -> sweep();
            case 9, 10, 11 -> store(one(PLAIN));
            case 12, 13, 14 -> storeTagged(one(TAGGED));
            case 15, 16, 17, 18, 19 -> ask();
            case 20, 21, 22, 23, 24, 25, 26 -> hear();
            case 27, 28, 29 -> now += Duration.ofMillis(random.nextInt(20, 400)).toNanos();
            case 30 -> now += Duration.ofMillis(random.nextInt(400, 1_500)).toNanos();
            default -> read(anyKey());
        }
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String anyKey() {
        return one(random.nextBoolean() ? PLAIN : TAGGED);
    }

    private void read(String key) {
        long began = now;
        long beganAs = ++order;
        long hits = near.stats().hits();
        Long number = cache.get(key, Long.class);
        if (number == null) {
            return;
        }
        if (near.stats().hits() > hits) {
            tally.near++;
        }
        Version version = all.get((int) (long) number);
        if (!version.key.equals(key)) {
            violated("the value of " + version.key + " for " + key);
        } else if (version.until < began - BOUND.toNanos()) {
            violated(key + " is " + (began - version.until) / 1_000_000 + " ms too old");
        } else if (version.forbiddenFrom < beganAs) {
            violated(key + " was changed by this process");
        } else if (version.deadline <= began) {
            violated(key + " had expired");
        } else if (version.until <= began) {
            tally.staleWithinBound++;
        }
    }

    private void violated(String what) {
        violation = violation == null ? what : violation;
    }

    private void store(String key) {
        long millis = random.nextLong(500, 6_000);
        server.set(key, added(key, false, millis), Duration.ofMillis(millis));
        changed(key);
    }

    private long added(String key, boolean tagged, long millis) {
        ended(key);
        Version version =
                new Version(key, tagged, now + Duration.ofMillis(millis).toNanos());
        current.put(key, version);
        all.add(version);
        return all.size() - 1L;
    }

    private void storeTagged(String key) {
        if (!(server.leases().take(key, LONG, Duration.ofSeconds(1)) instanceof Granted<Long> granted)) {
            return;
        }
        long millis = random.nextLong(500, 6_000);
        Map<String, String> stamps = server.leases().stamps(List.of(TAG), Duration.ofMinutes(1));
        Terms terms = new Terms(Duration.ofMillis(millis), Duration.ZERO, Duration.ZERO, null, stamps);
        Lease lease = granted.lease();
        server.leases().fill(lease, added(key, true, millis), terms);
        changed(key);
    }

    private void ended(String key) {
        Version before = current.remove(key);
        if (before != null) {
            before.until = Math.min(now, before.deadline);
        }
    }

    boolean removed(String key) {
        boolean removed = server.del(key);
        if (key.equals(Tags.keyOf(TAG))) {
            for (String tagged : TAGGED) {
                ended(tagged);
            }
        }
        ended(key);
        changed(key);
        return removed;
    }

    void flushed() {
        server.clear();
        List.copyOf(current.keySet()).forEach(this::ended);
        if (wire != null && wire.tracking) {
            wire.tracked.clear();
            wire.send(() -> heard(listener::everythingChanged));
        }
    }

    /** The server says so, if it was asked for the key. */
    private void changed(String key) {
        Wire to = wire;
        if (to != null && to.tracked.remove(key)) {
            to.send(() -> heard(() -> listener.changed(key)));
        }
    }

    private void heard(Runnable what) {
        hearing = true;
        try {
            what.run();
        } finally {
            hearing = false;
        }
    }

    /** The server removes what has expired, some time after it has. */
    private void sweep() {
        List.copyOf(current.values()).stream()
                .filter(version -> version.deadline <= now)
                .forEach(version -> {
                    ended(version.key);
                    changed(version.key);
                });
    }

    /** What has ended by the time that the store does it, this process is not to be given once it is done. */
    private void own(Runnable change) {
        List<Version> gone = new ArrayList<>();
        ownChanges.push(gone);
        change.run();
        ownChanges.pop();
        long done = ++order;
        gone.forEach(version -> version.forbiddenFrom = Math.min(version.forbiddenFrom, done));
    }

    boolean ownRemoved(String key) {
        boolean removed = removed(key);
        boolean isTag = key.equals(Tags.keyOf(TAG));
        gone(version -> version.key.equals(key) || (isTag && version.tagged));
        return removed;
    }

    void ownFlushed() {
        flushed();
        gone(version -> true);
    }

    private void gone(Predicate<Version> which) {
        List<Version> gone = ownChanges.element();
        all.stream()
                .filter(version -> version.until <= now && which.test(version))
                .forEach(gone::add);
    }

    private void hear() {
        if (wire != null) {
            wire.arrive();
        }
    }

    private void ask() {
        Wire to = wire;
        if (to != null && to.armed) {
            long asked = now;
            to.send(() -> to.proof.provenAt(flaw == Flaw.PROVEN_FROM_ANSWER ? now : asked));
        }
    }

    private void cutOrConnect() {
        Wire old = wire;
        if (old == null) {
            connect();
        } else if (random.nextInt(3) == 0) {
            old.cut();
            if (flaw != Flaw.LOST_PROOF_HOLDS) {
                old.proof.lose(servesWhileDown);
            }
            wire = null;
        }
    }

    private void connect() {
        Proof proof = flaw == Flaw.LOST_PROOF_HOLDS && lastProof != null
                ? lastProof
                : new Proof(flaw == Flaw.UNBOUNDED ? Duration.ofHours(1) : BOUND, now);
        lastProof = proof;
        Wire made = new Wire(proof);
        wire = made;
        pause();
        if (made.alive) {
            made.tracking = true;
            made.send(() -> made.armed = true);
        }
    }

    /** As when a server has other slots than before. */
    private void renewProof() {
        Wire of = wire;
        if (of != null && of.armed && random.nextInt(3) == 0) {
            of.proof.lose(false);
            of.proof = new Proof(flaw == Flaw.UNBOUNDED ? Duration.ofHours(1) : BOUND, now);
        }
    }

    /** Before there is somebody. */
    private static final class Nobody implements Changes {
        @Override
        public void changed(String key) {
            // nobody is told
        }

        @Override
        public void changed(Glob glob) {
            // nobody is told
        }

        @Override
        public void everythingChanged() {
            // nobody is told
        }
    }
}
