package io.cacheport.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one source says. */
final class Layer {

    static final Layer EMPTY = new Layer();

    private final Map<Setting<?>, Placed<?>> values = new HashMap<>();

    void put(@Nullable Placed<?> placed) {
        if (placed != null) {
            values.put(placed.setting(), placed);
        }
    }

    @Nullable
    Placed<?> get(Setting<?> setting) {
        return values.get(setting);
    }
}
