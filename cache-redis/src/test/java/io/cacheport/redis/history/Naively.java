package io.cacheport.redis.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.redis.faults.NaiveCache;
import io.cacheport.redis.history.View.Dish;
import io.cacheport.redis.history.View.Item;
import io.cacheport.redis.history.View.Price;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain get, load, setex, as an average service has it: what the checker must find fault with. */
final class Naively implements Subject {

    private static final Duration TTL = Duration.ofHours(1);

    private final NaiveCache cache;
    private final ObjectMapper mapper = new ObjectMapper();

    Naively(String uri) {
        this.cache = NaiveCache.connect(uri);
    }

    @Override
    public @Nullable Item load(Key key, Loader loader) throws Exception {
        return key.view().type == Price.class
                ? cache.getOrLoad(key.name(), new TypeReference<Price>() {}, TTL, () -> (Price) loader.load(key))
                : cache.getOrLoad(key.name(), new TypeReference<Dish>() {}, TTL, () -> (Dish) loader.load(key));
    }

    @Override
    public Map<String, Item> loadAll(List<Key> keys, BulkLoader loader) throws Exception {
        Map<String, Item> all = new HashMap<>();
        for (Key key : keys) {
            Item value = load(
                    key, one -> requireNonNull(loader.load(Set.of(one.text())).get(one.text())));
            all.put(key.text(), requireNonNull(value));
        }
        return all;
    }

    @Override
    public @Nullable Item peek(Key key) throws JacksonException {
        String json = cache.get(key.name());
        return json == null ? null : mapper.readValue(json, key.view().type);
    }

    @Override
    public Map<String, ? extends @Nullable Item> peekAll(List<Key> keys) throws JacksonException {
        Map<String, @Nullable Item> all = new HashMap<>();
        for (Key key : keys) {
            all.put(key.name(), peek(key));
        }
        return all;
    }

    @Override
    public @Nullable Object peekAsAnother(Key key) {
        return null;
    }

    @Override
    public boolean remove(List<Key> keys) {
        keys.forEach(key -> cache.del(key.name()));
        return true;
    }

    @Override
    public boolean flush(View view) {
        cache.flush(view.prefix + "*");
        return true;
    }

    @Override
    public boolean invalidateTag() {
        return flush(View.TAGGED);
    }

    @Override
    public void removeOrKeep(Key key) {
        cache.del(key.name());
    }

    @Override
    public void flushOrKeep(View view) {
        cache.flush(view.prefix + "*");
    }

    @Override
    public long kept() {
        return 0;
    }

    @Override
    public String rawKey(Key key) {
        return key.name();
    }

    @Override
    public void close() {
        cache.close();
    }
}
