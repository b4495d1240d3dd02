package io.cacheport.behind;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A target as a database would be: it remembers the batches it has, and can be down or refuse keys. */
final class Table implements BatchTarget<Long> {

    final Map<String, Long> sums = new ConcurrentHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private volatile boolean down;
    private volatile Predicate<String> unwritable = key -> false;
    private volatile int writes;
    private volatile boolean losesAnswers;

    void down(boolean isDown) {
        down = isDown;
    }

    void refuse(Predicate<String> keys) {
        unwritable = keys;
    }

    /** Writes, and says that it failed. */
    void loseAnswers(boolean lost) {
        losesAnswers = lost;
    }

    int writes() {
        return writes;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    public synchronized void write(Batch<Long> batch) {
        writes++;
        if (down) {
            throw new IllegalStateException("the database is down");
        }
        batch.changes().keySet().stream().filter(unwritable).findFirst().ifPresent(key -> {
            throw new UnwritableChangeException("no row for " + key);
        });
        if (ids.add(batch.id())) {
            batch.changes().forEach((key, by) -> sums.merge(key, by, Long::sum));
        }
        if (losesAnswers) {
            throw new IllegalStateException("the connection was cut after the commit");
        }
    }
}
