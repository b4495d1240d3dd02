package io.cacheport.behind;

import java.util.Map;

/**
 * Changes to be written to a database together.
 *
 * <p>A batch may come again under the same id: when a process died, or the answer of the cache's store was lost, after it
 * had been written. To write each change exactly once, store the id in the same transaction and do nothing if it is there:
 *
 * <pre>{@code
 * INSERT INTO written_batch (id) VALUES (?) ON CONFLICT DO NOTHING   -- 0 rows: written before, all of it
 * }</pre>
 *
 * <p>Batches of one name come one after the other, so an id is not needed any more once the next has come.
 *
 * @param id at most 64 characters, the same whenever these changes come
 * @param changes by key: the sums of counters, or the last values
 * @since 0.1
 */
public record Batch<T>(String id, Map<String, T> changes) {

    /** Made unchangeable. */
    public Batch {
        changes = Map.copyOf(changes);
    }
}
