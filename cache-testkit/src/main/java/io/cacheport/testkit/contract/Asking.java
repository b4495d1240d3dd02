package io.cacheport.testkit.contract;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.spi.ForwardingCacheService;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what leases are asked, and does something before one such question's answer arrives. */
final class Asking extends ForwardingCacheService implements LeasedCache {

    /** No answer arrives. */
    static final Runnable NO_ANSWER = () -> {
        throw CacheException.of(ErrorCause.TIMEOUT, "no answer", null);
    };

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Leases leases;

    Asking(CacheServicePort delegate, String question, Runnable meanwhile) {
        super(delegate);
        Leases behind = Objects.requireNonNull(((LeasedCache) delegate).leases());
        this.leases = (Leases) Proxy.newProxyInstance(
                Leases.class.getClassLoader(), new Class<?>[] {Leases.class}, (self, method, arguments) -> {
                    asked.add(method.getName());
                    Object answer = method.invoke(behind, arguments);
                    if (method.getName().equals(question)) {
                        meanwhile.run();
                    }
                    return answer;
                });
    }

    @Override
    public @Nullable Leases leases() {
        return leases;
    }

    @Override
    public CacheServicePort strict() {
        return delegate().strict();
    }
}
