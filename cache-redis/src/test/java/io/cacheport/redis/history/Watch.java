package io.cacheport.redis.history;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Leases;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.history.Loads.Ground;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what the engine asks of the adapter and what it is answered, and changes nothing: which loads have a lease,
 * which values were stored, which calls met a failure. By proxies, so that what an adapter can do besides is there too.
 */
final class Watch {

    private final LoadChecks checks;

    private Watch(LoadChecks checks) {
        this.checks = checks;
    }

    static CacheServicePort over(RedisCacheAdapter adapter, LoadChecks checks) {
        Watch watch = new Watch(checks);
        Leases leases = watch.leases(adapter.leases());
        CacheServicePort strict = watch.port(adapter.strict(), leases, null);
        return watch.port(adapter, leases, strict);
    }

    private CacheServicePort port(CacheServicePort port, Leases leases, @Nullable CacheServicePort strict) {
        return proxy(CacheServicePort.class, port, (self, method, arguments) -> switch (method.getName()) {
            case "leases" -> leases;
            case "strict" -> strict == null ? self : strict;
            default -> called(port, method, arguments);
        });
    }

    private Leases leases(Leases leases) {
        return proxy(Leases.class, leases, (self, method, arguments) -> switch (method.getName()) {
            case "take" -> {
                Key key = Key.named((String) arguments[0]);
                Ground ground = checks.ground(key);
                Object answer = called(leases, method, arguments);
                if (answer instanceof Granted<?> granted) {
                    checks.granted(key, granted.lease(), ground);
                } else if (answer instanceof Taken<?>) {
                    checks.taken(key);
                }
                yield answer;
            }
            case "takeAll" -> takeAll(leases, method, arguments);
            case "lookAll" -> {
                Map<?, ?> seen = (Map<?, ?>) called(leases, method, arguments);
                if (!seen.keySet().containsAll((Collection<?>) arguments[0])) {
                    checks.failed();
                }
                yield seen;
            }
            case "fill" -> {
                Lease lease = (Lease) arguments[0];
                boolean filled = (boolean) called(leases, method, arguments);
                checks.filled(lease, filled, !filled);
                yield filled;
            }
            case "fillAll" -> {
                Set<?> live = (Set<?>) called(leases, method, arguments);
                for (Object fill : (Collection<?>) arguments[0]) {
                    if (((Fill) fill).terms() != null) { // what is not live may have failed, which is not told
                        checks.filled(((Fill) fill).lease(), live.contains(((Fill) fill).lease()), false);
                    }
                }
                yield live;
            }
            default -> called(leases, method, arguments);
        });
    }

    private Object takeAll(Leases leases, Method method, Object[] arguments) throws Throwable {
        Map<String, Ground> grounds = new HashMap<>();
        for (Object name : (Collection<?>) arguments[0]) {
            grounds.put((String) name, checks.ground(Key.named((String) name)));
        }
        Map<?, ?> answers = (Map<?, ?>) called(leases, method, arguments);
        grounds.forEach((name, ground) -> {
            LeaseAnswer<?> answer = (LeaseAnswer<?>) answers.get(name);
            if (answer instanceof Granted<?> granted) {
                checks.granted(Key.named(name), granted.lease(), ground);
            } else if (answer == null) {
                checks.failed();
            }
        });
        return answers;
    }

    private Object called(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof CacheException) {
                checks.failed();
            }
            throw failure.getCause();
        }
    }

    private interface Call {
        @Nullable
        Object of(Object self, Method method, Object[] arguments) throws Throwable;
    }

    /** Of everything public that the target is. */
    private static <T> T proxy(Class<T> type, T target, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Watch.class.getClassLoader(), target.getClass().getInterfaces(), call::of));
    }
}
