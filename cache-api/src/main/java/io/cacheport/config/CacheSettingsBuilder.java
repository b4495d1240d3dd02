package io.cacheport.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts settings together. What is set here beats the environment, which beats the file, which beats the defaults, in whatever
 * order they are given. Not thread-safe.
 *
 * @since 0.1
 */
public final class CacheSettingsBuilder {

    private final Layer code = new Layer();
    private Map<String, String> environment = Map.of();
    private @Nullable Path file;

    CacheSettingsBuilder() {}

    /**
     * Sets one.
     *
     * @throws IllegalArgumentException if the value is not allowed, naming the setting, the value unless it is secret, and the
     *     rule
     */
    public <T> CacheSettingsBuilder set(Setting<T> setting, T value) {
        if (setting == StoreSettings.SETTINGS_FILE) {
            throw new IllegalArgumentException(setting + " is set with file(path)");
        }
        code.put(new Placed<>(setting, setting.require(value), Origin.BuiltIn.CODE));
        return this;
    }

    /** {@link #environment(Map)} with this process's variables. */
    public CacheSettingsBuilder environment() {
        return environment(System.getenv());
    }

    /**
     * With these variables. A blank one counts as not set. One that begins with {@code CACHE_} and is unknown, or looks like a
     * misspelt one, is warned of with the nearest known name.
     */
    public CacheSettingsBuilder environment(Map<String, String> variables) {
        this.environment = new HashMap<>(variables);
        return this;
    }

    /**
     * With the properties of this file, in UTF-8, instead of the one that the environment names. It is read by {@link #build}.
     * A blank value counts as not set; others' properties are passed over.
     */
    public CacheSettingsBuilder file(Path propertiesFile) {
        if (propertiesFile == null) {
            throw new IllegalArgumentException("propertiesFile is null");
        }
        this.file = propertiesFile;
        return this;
    }

    /** With {@link Setting#referenceDefault} where there is one: the defaults of the service that the variables are from. */
    public CacheSettingsBuilder referenceDefaults() {
        return set(StoreSettings.DEFAULTS, StoreSettings.Defaults.REFERENCE);
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming every value that is not allowed and its rule, every property of the file that is
     *     unknown or there twice, a file that cannot be read, and settings that contradict each other
     */
    public CacheSettings build() {
        List<String> problems = new ArrayList<>();
        Layer variables = EnvironmentLayer.read(environment, problems);
        Layer properties = fileLayer(variables, problems);
        List<Layer> layers = List.of(code, variables, properties);
        Placed<?> defaults = first(layers, StoreSettings.DEFAULTS);
        boolean reference = defaults != null && defaults.value() == StoreSettings.Defaults.REFERENCE;
        Map<Setting<?>, Placed<?>> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.all()) {
            Placed<?> set = first(layers, setting);
            Placed<?> placed = set == null ? Placed.defaultOf(setting, reference) : set;
            if (placed != null) {
                values.put(setting, placed);
            }
        }
        CacheSettings settings = new CacheSettings(values);
        if (problems.isEmpty()) {
            Contradictions.in(settings, problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.size() == 1
                            ? problems.get(0)
                            : problems.size() + " settings are wrong:\n" + String.join("\n", problems));
        }
        return settings;
    }

    private Layer fileLayer(Layer variables, List<String> problems) {
        Placed<?> named = variables.get(StoreSettings.SETTINGS_FILE);
        if (file != null) {
            return FileLayer.read(file, problems);
        }
        return named != null && named.value() instanceof Path path ? FileLayer.read(path, problems) : Layer.EMPTY;
    }

    private static @Nullable Placed<?> first(List<Layer> layers, Setting<?> setting) {
        for (Layer layer : layers) {
            Placed<?> placed = layer.get(setting);
            if (placed != null) {
                return placed;
            }
        }
        return null;
    }
}
