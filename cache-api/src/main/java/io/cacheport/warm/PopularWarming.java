package io.cacheport.warm;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.BulkLoader;
import io.cacheport.aside.Cache;
import io.cacheport.warm.SavedKeys.InCache;
import io.cacheport.warm.SavedKeys.InFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the popular keys of a view over a restart, and warms them then and when the cache has lost its data.
 *
 * <pre>{@code
 * PopularWarming<Long, Event> hot = PopularWarming.of(events, popular, repository::findAll)
 *         .format(KeyFormat.longs())
 *         .savedIn(cache).savedIn(Path.of("/var/lib/app/popular-events"))
 *         .start();
 * }</pre>
 *
 * <p>{@link Builder#start} reads what was saved and warms it in the background. Every few minutes, and when it is closed, the
 * popular keys of this process are saved: what is there counts half, and its own are added, so that the keys of all processes
 * are there and those that nobody asks for leave. When a sign left beside it is gone, the cache has lost its data
 * (FLUSHALL, a restart without a disk, a failover to an empty node): the popular keys of this process are saved and warmed.
 * Others find them saved then, and leave it at that. Should the store only have evicted the sign, the warming finds most
 * values there. The loss of one node of a cluster is noticed only if it was the one with the sign.
 *
 * <p>Keys are saved, never values. If keys are sensitive themselves, such as addresses, so is the file.
 *
 * <p>Nothing here fails a caller: what goes wrong is logged, and done the next time. Thread-safe.
 *
 * @param <K> the key
 * @param <V> the value
 * @since 0.1
 */
public final class PopularWarming<K, V> implements AutoCloseable {

    /** How often keys are saved and the loss of data is looked for, unless said. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(PopularWarming.class);

    private final String name;
    private final PopularKeys<K> popular;
    private final KeyFormat<K> format;
    private final List<SavedKeys> places;
    private final Warming<K, V> warming;
    private final BulkLoader<K, V, ?> loader;

    private final ReentrantLock saving = new ReentrantLock();

    /** Where a sign has been left, or seen. Guarded by that lock. */
    private final Map<SavedKeys, String> signs = new HashMap<>();

    private volatile boolean warmed;
    private @Nullable Warmer schedule;

    private PopularWarming(Builder<K, V> settings, KeyFormat<K> format) {
        this.name = settings.view.name();
        this.popular = settings.popular;
        this.format = format;
        this.places = List.copyOf(settings.places);
        this.warming = settings.warming;
        this.loader = settings.loader;
    }

    /**
     * Begins one.
     *
     * @param view whose values are warmed
     * @param popular what the view has learnt: {@link Cache#learning}
     * @param loader as for {@link Cache#getAll}
     */
    public static <K, V> Builder<K, V> of(Cache<K, V> view, PopularKeys<K> popular, BulkLoader<K, V, ?> loader) {
        return new Builder<>(required("view", view), required("popular", popular), required("loader", loader));
    }

    /** Warms the popular keys that are known now, on this thread. */
    public WarmReport warm() {
        return warming.keys(popular.keys(), loader);
    }

    /** What is done at the beginning: the keys of the first place that has any. */
    void restore() {
        for (SavedKeys place : places) {
            Map<String, Integer> counts = read(place);
            if (counts != null) {
                restore(counts);
                return;
            }
        }
    }

    private void restore(Map<String, Integer> counts) {
        int unreadable = 0;
        for (Map.Entry<String, Integer> one :
                PopularKeys.most(counts, popular.top()).entrySet()) {
            try {
                popular.add(format.parse().apply(one.getKey()), half(one.getValue()));
            } catch (RuntimeException noKey) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            log.atWarn()
                    .addKeyValue("view", name)
                    .addKeyValue("unreadable", unreadable)
                    .log("some saved keys could not be read");
        }
    }

    /** What is done every time: all of it again if the cache has lost its data. */
    void tick() {
        boolean lost = save();
        if (lost) {
            log.atWarn()
                    .addKeyValue("view", name)
                    .log("the cache has lost its data; what this process knows to be popular is warmed");
        }
        if (lost || !warmed) {
            warmed = true;
            WarmReport unused = warm(); // and logged
        }
    }

    /**
     * Saves the popular keys now.
     *
     * @return whether there is another sign in the cache than before
     */
    private boolean save() {
        saving.lock(); // no monitor, which a virtual thread would keep its carrier waiting in
        try {
            return saved();
        } finally {
            saving.unlock();
        }
    }

    private boolean saved() {
        Map<String, Integer> own = new HashMap<>();
        popular.counts().forEach((key, count) -> own.merge(format.text().apply(key), count, Math::max));
        boolean lost = false;
        for (SavedKeys place : places) {
            try {
                String sign = place.mark();
                String before = signs.put(place, sign);
                lost |= before != null && !before.equals(sign);
                Map<String, Integer> saved = place.read();
                Map<String, Integer> merged = new HashMap<>(own);
                if (saved != null) {
                    saved.forEach((text, count) -> merged.merge(text, half(count), Integer::sum));
                }
                place.write(PopularKeys.most(merged, popular.top()));
            } catch (RuntimeException failure) {
                failed("save", failure);
            }
        }
        return lost;
    }

    private @Nullable Map<String, Integer> read(SavedKeys place) {
        try {
            return place.read();
        } catch (RuntimeException failure) {
            failed("read", failure);
            return null;
        }
    }

    private void failed(String operation, RuntimeException failure) {
        log.atWarn()
                .addKeyValue("view", name)
                .addKeyValue("operation", operation)
                .addKeyValue("exception", failure.getClass().getName())
                .log("popular keys were not kept; tried again the next time");
    }

    private static int half(int count) {
        return Math.max(1, count / 2);
    }

    private synchronized void start(Duration period) {
        schedule = Warmer.every(period, this::tick).named("popular-" + name).start();
    }

    /** Ends the schedule within two seconds and saves the keys a last time. Close it before the cache. */
    @Override
    public void close() {
        Warmer running;
        synchronized (this) {
            running = schedule;
            schedule = null;
        }
        if (running != null) {
            running.close();
            save();
        }
    }

    private static <T> T required(String what, T argument) {
        if (argument == null) {
            throw new IllegalArgumentException(what + " is null");
        }
        return argument;
    }

    /** Collects the settings. Not thread-safe. */
    public static final class Builder<K, V> {

        private final Cache<K, V> view;
        private final PopularKeys<K> popular;
        private final BulkLoader<K, V, ?> loader;
        private final List<SavedKeys> places = new ArrayList<>();
        private Warming<K, V> warming;
        private @Nullable KeyFormat<K> format;
        private Duration period = DEFAULT_PERIOD;

        private Builder(Cache<K, V> view, PopularKeys<K> popular, BulkLoader<K, V, ?> loader) {
            this.view = view;
            this.popular = popular;
            this.loader = loader;
            this.warming = Warming.of(view);
        }

        /** How keys are written; it must be said. */
        public Builder<K, V> format(KeyFormat<K> format) {
            this.format = required("format", format);
            return this;
        }

        /** Saves the keys in this cache, for 30 days, under {@code popular:} and the name of the view. One place at least. */
        public Builder<K, V> savedIn(CacheServicePort cache) {
            places.add(new InCache(required("cache", cache), "popular:" + view.name()));
            return this;
        }

        /**
         * Saves the keys in a file too, which its owner alone can read, in a folder that exists: after a loss of the cache's data
         * while no process ran, it is all there is.
         */
        public Builder<K, V> savedIn(Path file) {
            places.add(new InFile(required("file", file)));
            return this;
        }

        /** How often keys are saved and the loss of data is looked for, positive; five minutes unless said. */
        public Builder<K, V> every(Duration period) {
            if (period == null || period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("period " + period + " is not positive");
            }
            this.period = period;
            return this;
        }

        /** How to warm: {@code warming -> warming.perSecond(200)}. */
        public Builder<K, V> warming(UnaryOperator<Warming<K, V>> change) {
            this.warming = required("warming", change.apply(warming));
            return this;
        }

        PopularWarming<K, V> build() {
            if (format == null) {
                throw new IllegalArgumentException("no format: say how keys are written, as in KeyFormat.longs()");
            }
            if (places.isEmpty()) {
                throw new IllegalArgumentException("nowhere to save keys: give savedIn a cache or a file");
            }
            return new PopularWarming<>(this, format);
        }

        /** Reads what was saved, which takes one round trip, and begins to warm it. */
        public PopularWarming<K, V> start() {
            PopularWarming<K, V> started = build();
            started.restore();
            started.start(period);
            return started;
        }
    }
}
