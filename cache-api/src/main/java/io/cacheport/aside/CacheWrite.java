package io.cacheport.aside;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Stamp;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A write of the source under way, during which nobody stores what was loaded: {@link Cache#beginWrite}. To be closed once
 * it is done, whatever became of it.
 *
 * @since 0.1
 */
public final class CacheWrite implements AutoCloseable {

    private final CacheServicePort cache;
    private final String key;
    private final @Nullable Leases leases;
    private final @Nullable Stamp write;
    private final AtomicBoolean closed = new AtomicBoolean();

    private CacheWrite(CacheServicePort cache, String key, @Nullable Leases leases, @Nullable Stamp write) {
        this.cache = cache;
        this.key = key;
        this.leases = leases;
        this.write = write;
    }

    static CacheWrite begin(CacheServicePort cache, String key, Duration hold) {
        CacheTtl.toMillis(hold);
        Leases leases = CacheCalls.leasesOf(cache);
        try {
            return new CacheWrite(cache, key, leases, leases == null ? null : leases.beginWrite(key, hold));
        } catch (CacheException ill) {
            return new CacheWrite(cache, key, leases, null); // logged where it happened (L9)
        }
    }

    /** Whether readers are kept from storing meanwhile; not if the cache could not be asked, or gives no leases. */
    public boolean isFenced() {
        return write != null;
    }

    /** Lets the key be cached again, and removes what may be older than the write. May be called twice. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (leases != null && write != null) {
            try {
                leases.endWrite(key, write);
                return;
            } catch (CacheException ill) {
                // removed instead, which is kept where it cannot be done now
            }
        }
        cache.del(key);
    }

    @Override
    public String toString() {
        return "CacheWrite[" + key + (isFenced() ? "" : ", not fenced") + (closed.get() ? ", closed]" : "]");
    }
}
