package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One writer and several readers of some keys, while the test does something to the server; each answer is held to the time
 * at which a newer version was acknowledged. An answer is as old as the time from there to before it was asked for: no pause
 * of a thread makes it older than it was.
 *
 * <p>The writer goes from key to key, one every few milliseconds, and is back after a while: until then what was missed is not
 * made good by another message. Versions are numbered through, so that a version tells its key.
 *
 * <p>Of a write that failed it is not known whether, nor when, it is made: an answer with its version says nothing.
 */
final class NearReads implements AutoCloseable {

    /** So many that the writer is away from each for longer than any bound. */
    static final int KEYS = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_WRITES = 1_000_000;
    private static final long BETWEEN_WRITES = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int READS_AT_ONCE = 50;
    private static final long BETWEEN_READS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final Duration TTL = Duration.ofMinutes(10);

    private static final long UNKNOWN = -1;

    /** What is read through. */
    interface Reader {

        /** Null and what is thrown are no answer. */
        @Nullable
        Long read(String key) throws Exception;
    }

    /** What is written through. */
    interface Writer {

        /** Returns when the write was acknowledged; throws if that is not known. */
        void write(String key, long version) throws Exception;

        static Writer of(RedisCacheAdapter cache) {
            return (key, version) -> cache.strict().set(key, version, TTL);
        }

        static Writer of(TieredCache cache) {
            return (key, version) -> cache.strict().set(key, version, TTL);
        }
    }

    /**
     * What some readers saw.
     *
     * @param near how many answers did not come from Redis
     * @param unknown of a version of which it is not known whether it was written
     * @param oldest age of an answer, in nanoseconds
     * @param tooOld how many were older than the bound
     * @param wrong answers with a version of another key
     * @param failed reads that threw
     */
    record Seen(long reads, long answers, long near, long unknown, long oldest, long tooOld, long wrong, long failed) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d of %,d answers too old, the oldest by %s; %,d near",
                    tooOld,
                    answers,
                    Row.ms(oldest),
                    near);
        }
    }

    private final String prefix;
    private final int keys;
    private final Writer writer;
    private final long start = System.nanoTime();
    private final AtomicLongArray acknowledged = new AtomicLongArray(MOST_WRITES);
    private final AtomicLong last = new AtomicLong(-1);
    private final LongAdder writes = new LongAdder();
    private final LongAdder failedWrites = new LongAdder();
    private final Lock writing = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Of keys of its own. */
    NearReads(String name, int keys, Writer writer) {
        this.keys = keys;
        this.prefix = LogWatch.KEY + ":" + name + ":";
        this.writer = writer;
    }

    /** Readers of one kind. */
    final class Readers {

        private final long bound;
        private final Reader reader;
        private final LongSupplier hits;
        private final long hitsBefore;
        private final LongAdder reads = new LongAdder();
        private final LongAdder answers = new LongAdder();
        private final LongAdder unknown = new LongAdder();
        private final LongAdder tooOld = new LongAdder();
        private final LongAdder wrong = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private final LongAccumulator oldest = new LongAccumulator(Math::max, 0);

        private Readers(Duration bound, Reader reader, LongSupplier hits) {
            this.bound = bound.toNanos();
            this.reader = reader;
            this.hits = hits;
            this.hitsBefore = hits.getAsLong();
        }

        private void run(SplittableRandom random) {
            while (!stopped) {
                for (int i = 0; i < READS_AT_ONCE; i++) {
                    read(random.nextInt(keys));
                }
                LockSupport.parkNanos(BETWEEN_READS);
            }
        }

        private void read(int index) {
            long at = now();
            Long answer = null;
            try {
                answer = reader.read(prefix + index);
            } catch (Exception notNow) {
                failed.increment();
            }
            reads.increment();
            if (answer != null) {
                answers.increment();
                judge(index, answer, at);
            }
        }

        private void judge(int index, long version, long at) {
            if (version < 0 || version > last.get() || version % keys != index) {
                wrong.increment();
            } else if (acknowledged.get((int) version) == UNKNOWN) {
                unknown.increment();
            } else {
                long age = Math.max(0, at - firstAfter((int) version, at));
                oldest.accumulate(age);
                if (age > bound) {
                    tooOld.increment();
                }
            }
        }

        Seen seen() {
            return new Seen(
                    reads.sum(),
                    answers.sum(),
                    hits.getAsLong() - hitsBefore,
                    unknown.sum(),
                    oldest.get(),
                    tooOld.sum(),
                    wrong.sum(),
                    failed.sum());
        }
    }

    private long now() {
        return System.nanoTime() - start;
    }

    /** When a newer version was first acknowledged; {@code otherwise} if none was yet. */
    private long firstAfter(int version, long otherwise) {
        for (int newer = version + keys; newer <= last.get(); newer += keys) {
            long when = acknowledged.get(newer);
            if (when > 0) {
                return when;
            }
        }
        return otherwise;
    }

    /** Reads through a near cache of ours, from {@link #start} on. */
    Readers readers(int count, TieredCache cache) {
        return readers(
                count,
                Near.BOUND,
                key -> cache.get(key, Long.class),
                () -> cache.tieredStats().near().hits());
    }

    /** Reads through something else. */
    Readers readers(int count, Duration bound, Reader reader) {
        return readers(count, bound, reader, () -> 0);
    }

    private Readers readers(int count, Duration bound, Reader reader, LongSupplier hits) {
        Readers readers = new Readers(bound, reader, hits);
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(threads.size());
            threads.add(new Thread(() -> readers.run(random), "near-reads-" + threads.size()));
        }
        return readers;
    }

    /** Returns when every key was written, so that what happens next can be missed. */
    void start() {
        threads.add(new Thread(this::writeOn, "near-writes"));
        threads.forEach(thread -> {
            thread.setDaemon(true); // a naive call may hang for a minute
            thread.start();
        });
        awaitWrites(keys);
    }

    private void writeOn() {
        for (int version = 0; !stopped && version < MOST_WRITES; version++) {
            writing.lock();
            try {
                last.set(version);
                acknowledged.set(version, write(version) ? now() : UNKNOWN);
            } finally {
                writing.unlock();
            }
            LockSupport.parkNanos(BETWEEN_WRITES);
        }
    }

    private boolean write(int version) {
        try {
            writer.write(prefix + version % keys, version);
            writes.increment();
            return true;
        } catch (Exception unknown) {
            failedWrites.increment();
            return false;
        }
    }

    /** Does something while nothing is written. */
    void withoutWrites(Runnable something) {
        writing.lock();
        try {
            something.run();
        } finally {
            writing.unlock();
        }
    }

    /** Returns when so many more writes were acknowledged. */
    void awaitWrites(int more) {
        long before = writes();
        await(more + " writes").atMost(PATIENCE).until(() -> writes() >= before + more);
    }

    /** How many writes were acknowledged. */
    long writes() {
        return writes.sum();
    }

    long failedWrites() {
        return failedWrites.sum();
    }

    /** Ends the threads, waiting a while for calls under way. */
    void stop() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(1_000);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
