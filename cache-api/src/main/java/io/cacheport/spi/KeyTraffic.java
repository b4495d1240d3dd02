package io.cacheport.spi;

import io.cacheport.CacheServicePort;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine says which keys it is asked for, and where whoever wants to know listens. Of the keys one in {@value
 * #SAMPLING} is told, by chance. While nobody listens it costs a look at one field.
 *
 * <p>Thread-safe. Keys are the caller's and may name people: who listens keeps them to itself.
 *
 * @since 0.1
 */
public final class KeyTraffic {

    /** Of how many keys one is told. */
    public static final int SAMPLING = 8;

    private static final VarHandle WATCHES;

    static {
        try {
            WATCHES = MethodHandles.lookup().findStaticVarHandle(KeyTraffic.class, "watches", Watch[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null for none, since that is looked at most often. Replaced, never changed. */
    @SuppressWarnings("unused") // by its handle
    private static Watch @Nullable [] watches;

    private KeyTraffic() {}

    /** Held weakly: one that is forgotten keeps no cache alive. */
    private record Watch(WeakReference<CacheServicePort> cache, Consumer<? super String> watcher) {}

    /**
     * Listens to the keys asked of a cache, and of views of it under the keys they have there, until closed.
     *
     * @param watcher called by whoever asks: it must be quick, thread-safe and not throw
     */
    public static Watching watch(CacheServicePort cache, Consumer<? super String> watcher) {
        Watch watch = new Watch(new WeakReference<>(cache), watcher);
        change(all -> all.add(watch));
        return () -> change(all -> all.remove(watch));
    }

    /** What {@link #watch} began. */
    @FunctionalInterface
    public interface Watching extends AutoCloseable {

        /** Ends it. */
        @Override
        void close();
    }

    private static synchronized void change(Consumer<List<Watch>> change) {
        Watch @Nullable [] before = (Watch @Nullable []) WATCHES.getAcquire();
        List<Watch> all = new ArrayList<>(before == null ? List.of() : List.of(before));
        all.removeIf(watch -> watch.cache().get() == null);
        change.accept(all);
        WATCHES.setRelease(all.isEmpty() ? null : all.toArray(Watch[]::new));
    }

    /** For the engine: a key is asked for. */
    public static void asked(CacheServicePort cache, String key) {
        if (WATCHES.getOpaque() != null && ThreadLocalRandom.current().nextInt(SAMPLING) == 0) {
            told(cache, key);
        }
    }

    /** For a view, of a key that it has been told of and that has this name in the cache behind. */
    public static void told(CacheServicePort cache, @Nullable String key) {
        Watch @Nullable [] now = (Watch @Nullable []) WATCHES.getAcquire();
        if (now == null || key == null || key.length() > CacheKeys.MAX_BYTES) {
            return;
        }
        for (Watch watch : now) {
            if (watch.cache().refersTo(cache)) {
                watch.watcher().accept(key);
            }
        }
        if (cache instanceof Fronting view) {
            view.told(key);
        }
    }

    /** Capability of a view, which tells what is behind it: {@link #told} of that cache, with the key that it has there. */
    public interface Fronting {

        /** A key of this view is asked for. */
        void told(String key);
    }
}
