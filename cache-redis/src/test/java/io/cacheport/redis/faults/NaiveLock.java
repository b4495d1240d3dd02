package io.cacheport.redis.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The lock that an average service writes: SET NX PX, DEL, and a watchdog that is stopped after the DEL. */
final class NaiveLock implements AutoCloseable {

    private final RedisClient client;
    private final RedisCommands<String, String> commands;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(code -> {
        Thread thread = new Thread(code, "naive-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Future<?>> renewals = new ConcurrentHashMap<>();

    NaiveLock(String uri) {
        this.client = RedisClient.create(uri);
        this.commands = client.connect().sync();
    }

    boolean tryLock(String name, String owner, Duration lease) {
        return "OK".equals(commands.set(name, owner, SetArgs.Builder.nx().px(lease.toMillis())));
    }

    void renew(String name, Duration lease) {
        long third = lease.toMillis() / 3;
        renewals.put(
                name,
                watchdog.scheduleAtFixedRate(
                        () -> commands.pexpire(name, lease.toMillis()), third, third, TimeUnit.MILLISECONDS));
    }

    /** Whether there was something to delete. */
    boolean unlock(String name) {
        boolean deleted = commands.del(name) > 0;
        Future<?> renewal = renewals.remove(name);
        if (renewal != null) {
            renewal.cancel(false);
        }
        return deleted;
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
