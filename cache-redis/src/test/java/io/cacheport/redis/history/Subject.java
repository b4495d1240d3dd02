package io.cacheport.redis.history;

import io.cacheport.redis.history.View.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cache that a history is about, as its callers see it. */
interface Subject extends AutoCloseable {

    /** The source, as a loader. */
    interface Loader {
        Item load(Key key) throws MarkedException;
    }

    /** The source, as a loader of several. */
    interface BulkLoader {
        Map<String, Item> load(Set<String> texts) throws MarkedException;
    }

    @Nullable
    Item load(Key key, Loader loader) throws Exception;

    /** Of one view, by their texts. */
    Map<String, Item> loadAll(List<Key> keys, BulkLoader loader) throws Exception;

    @Nullable
    Item peek(Key key) throws Exception;

    /** By their names. */
    Map<String, ? extends @Nullable Item> peekAll(List<Key> keys) throws Exception;

    @Nullable
    Object peekAsAnother(Key key) throws Exception;

    /** Whether it was acknowledged; if not, it is kept. */
    boolean remove(List<Key> keys);

    boolean flush(View view);

    /** All of {@link View#TAGGED}, by their tag. */
    boolean invalidateTag();

    /** Whether or not it can be made now. */
    void removeOrKeep(Key key);

    void flushOrKeep(View view);

    /** How many removals are kept. */
    long kept();

    /** What an operator would delete, to be this key's value. */
    String rawKey(Key key);

    @Override
    void close();
}
