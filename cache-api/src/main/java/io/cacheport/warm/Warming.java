package io.cacheport.warm;

import io.cacheport.aside.BulkLoader;
import io.cacheport.aside.Cache;
import io.cacheport.aside.KeyLoader;
import io.cacheport.aside.Warmed;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills a view before it is asked: batch after batch, at a pace, what is missing is loaded and stored. What is there stays, and
 * what is invalidated meanwhile is not stored; see {@link Cache#warm}.
 *
 * <pre>{@code
 * Warming.of(users).keys(repository.newestIds(100), repository::findAll);
 * // warmed 100 of 100 user values in 0.2 s: 40 loaded, 60 there already, 0 failed
 * }</pre>
 *
 * <p>Give it keys, not values: a value that was read before its lease was taken may be older than an invalidation that the
 * lease does not know of. A stream of rows is therefore mapped to its keys, and the loader reads the rows again, a batch at a
 * time.
 *
 * <p>A batch that fails is counted, logged once for each class of failure, and passed over; after {@link #giveUpAfter} in a
 * row the warming ends. Neither it nor an ill cache is an exception to the caller: the report says what became of the keys. An
 * interrupt ends it and leaves the flag set.
 *
 * <p>Immutable and thread-safe; each method gives a changed copy. Each warming runs on the thread that calls it, or on a
 * daemon thread of its own: {@link #inBackground}.
 *
 * @param <K> the key
 * @param <V> the value
 * @since 0.1
 */
public final class Warming<K, V> {

    /** Keys in a batch unless said. */
    public static final int DEFAULT_BATCH = 100;

    /** The most keys in a batch. */
    public static final int MAX_BATCH = 10_000;

    /** Keys a second unless said. */
    public static final int DEFAULT_PER_SECOND = 1_000;

    /** Batches in vain unless said. */
    public static final int DEFAULT_GIVE_UP_AFTER = 5;

    private final Cache<K, V> view;
    private final WarmSettings settings;

    private Warming(Cache<K, V> view, WarmSettings settings) {
        if (view == null) {
            throw new IllegalArgumentException("view is null");
        }
        this.view = view;
        this.settings = settings;
    }

    /** Warming of a view. */
    public static <K, V> Warming<K, V> of(Cache<K, V> view) {
        return new Warming<>(view, WarmSettings.DEFAULT);
    }

    /**
     * With so many keys in one call of the loader and of the cache.
     *
     * @param keys from 1 to {@value #MAX_BATCH}; {@value #DEFAULT_BATCH} unless said
     */
    public Warming<K, V> batch(int keys) {
        return with(new WarmSettings(
                keys,
                settings.perSecond(),
                settings.giveUpAfter(),
                settings.onProgress(),
                settings.onEnd(),
                settings.time()));
    }

    /**
     * With at most so many keys a second asked of the source, on average since the last pause; a batch comes at once. Keys that
     * are there already do not count.
     *
     * @param keys positive; {@value #DEFAULT_PER_SECOND} unless said, {@code Integer.MAX_VALUE} for no limit
     */
    public Warming<K, V> perSecond(int keys) {
        return with(new WarmSettings(
                settings.batch(),
                keys,
                settings.giveUpAfter(),
                settings.onProgress(),
                settings.onEnd(),
                settings.time()));
    }

    /**
     * Ended when so many batches in a row came to nothing: the source is down, or the cache is.
     *
     * @param batches positive; {@value #DEFAULT_GIVE_UP_AFTER} unless said
     */
    public Warming<K, V> giveUpAfter(int batches) {
        return with(new WarmSettings(
                settings.batch(),
                settings.perSecond(),
                batches,
                settings.onProgress(),
                settings.onEnd(),
                settings.time()));
    }

    /**
     * With somebody told after each batch, on the thread that warms. What it throws is logged. Every ten seconds there is a line
     * in the log in any case.
     */
    public Warming<K, V> onProgress(Consumer<? super WarmReport> listener) {
        return with(new WarmSettings(
                settings.batch(),
                settings.perSecond(),
                settings.giveUpAfter(),
                listener,
                settings.onEnd(),
                settings.time()));
    }

    /**
     * With somebody told when a warming has ended, however it did, on the thread that warmed; beside those that are told
     * already. What it throws is logged.
     */
    public Warming<K, V> onEnd(Consumer<? super WarmReport> listener) {
        if (listener == null) {
            throw new IllegalArgumentException("listener is null");
        }
        Consumer<? super WarmReport> before = settings.onEnd();
        return with(new WarmSettings(
                settings.batch(),
                settings.perSecond(),
                settings.giveUpAfter(),
                settings.onProgress(),
                report -> {
                    before.accept(report);
                    listener.accept(report);
                },
                settings.time()));
    }

    Warming<K, V> time(WarmTime time) {
        return with(new WarmSettings(
                settings.batch(),
                settings.perSecond(),
                settings.giveUpAfter(),
                settings.onProgress(),
                settings.onEnd(),
                time));
    }

    private Warming<K, V> with(WarmSettings changed) {
        return new Warming<>(view, changed);
    }

    /** Warms these keys, and returns when that is done. Keys are taken one batch at a time. */
    public WarmReport keys(Iterable<? extends K> keys, BulkLoader<K, V, ?> loader) {
        return keys(stream(keys), loader);
    }

    /** The same from a stream, such as of the rows of a query. It is read one batch at a time, and closed in the end. */
    public WarmReport keys(Stream<? extends K> keys, BulkLoader<K, V, ?> loader) {
        return jobOf(loader).run(required("keys", keys));
    }

    /** Warms these keys with a loader of one, which is called for one after the other. */
    public WarmReport each(Iterable<? extends K> keys, KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
        return each(stream(keys), loader);
    }

    /** The same from a stream, which is closed in the end. */
    public WarmReport each(Stream<? extends K> keys, KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
        return jobOfEach(loader).run(required("keys", keys));
    }

    /** The same on daemon threads, one for each warming. */
    public InBackground inBackground() {
        return new InBackground();
    }

    /** {@link Warming} whose methods begin a warming and return at once. */
    public final class InBackground {

        private InBackground() {}

        /** Begins to warm these keys. */
        public WarmRun keys(Iterable<? extends K> keys, BulkLoader<K, V, ?> loader) {
            return keys(stream(keys), loader);
        }

        /** Begins to warm the keys of a stream, which is read and closed by the other thread. */
        public WarmRun keys(Stream<? extends K> keys, BulkLoader<K, V, ?> loader) {
            return WarmRun.start(view.name(), jobOf(loader), required("keys", keys));
        }

        /** Begins to warm these keys with a loader of one. */
        public WarmRun each(Iterable<? extends K> keys, KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
            return each(stream(keys), loader);
        }

        /** Begins to warm the keys of a stream with a loader of one. */
        public WarmRun each(Stream<? extends K> keys, KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
            return WarmRun.start(view.name(), jobOfEach(loader), required("keys", keys));
        }
    }

    private WarmJob<K> jobOf(BulkLoader<K, V, ?> loader) {
        required("loader", loader);
        return job(batch -> view.warm(batch, loader));
    }

    private WarmJob<K> jobOfEach(KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
        required("loader", loader);
        return job(batch -> view.warmEach(batch, loader));
    }

    private WarmJob<K> job(Function<List<K>, Warmed> warm) {
        return new WarmJob<>(settings, view.name(), warm);
    }

    private static <K> Stream<? extends K> stream(Iterable<? extends K> keys) {
        return StreamSupport.stream(required("keys", keys).spliterator(), false);
    }

    private static <T> T required(String what, T argument) {
        if (argument == null) {
            throw new IllegalArgumentException(what + " is null");
        }
        return argument;
    }
}
