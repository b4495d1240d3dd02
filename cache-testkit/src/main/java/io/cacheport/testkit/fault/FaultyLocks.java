package io.cacheport.testkit.fault;

import io.cacheport.lock.LockAnswer;
import io.cacheport.lock.LockStore;
import java.time.Duration;
import java.util.function.Consumer;

/** The locks of a cache that can be made ill. */
final class FaultyLocks implements LockStore {

    private final LockStore delegate;
    private final Consumer<String> check;

    /** @param check is given the name of each operation first, and throws if it fails */
    FaultyLocks(LockStore delegate, Consumer<String> check) {
        this.delegate = delegate;
        this.check = check;
    }

    @Override
    public LockAnswer take(String name, String token, Duration lease) {
        check.accept("lock");
        return delegate.take(name, token, lease);
    }

    @Override
    public boolean renew(String name, String token, Duration lease) {
        check.accept("lock renewal");
        return delegate.renew(name, token, lease);
    }

    @Override
    public boolean release(String name, String token) {
        check.accept("unlock");
        return delegate.release(name, token);
    }
}
