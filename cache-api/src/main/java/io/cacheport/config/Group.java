package io.cacheport.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that belong together. Each adds itself when it is made, so that none is forgotten. */
final class Group {

    private final String title;
    private final List<Setting<?>> settings = new ArrayList<>();

    Group(String title) {
        this.title = title;
    }

    /** One with no default. */
    <T> Setting<T> add(String name, String variable, Rule<T> rule, String description) {
        return add(name, variable, rule, null, null, description);
    }

    /** One whose default is that of the reference too, if that has such a variable. */
    <T> Setting<T> add(String name, String variable, Rule<T> rule, T defaultValue, String description) {
        return add(name, variable, rule, defaultValue, null, description);
    }

    <T> Setting<T> add(
            String name,
            String variable,
            Rule<T> rule,
            @Nullable T defaultValue,
            @Nullable T referenceDefault,
            String description) {
        Setting<T> setting =
                new Setting<>("cacheport." + name, variable, rule, defaultValue, referenceDefault, description);
        settings.add(setting);
        return setting;
    }

    String title() {
        return title;
    }

    List<Setting<?>> settings() {
        return List.copyOf(settings);
    }
}
