package io.cacheport.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value and where it is from. */
record Placed<T>(Setting<T> setting, T value, Origin origin) {

    /**
     * Adds what a text says to a layer, or to the problems.
     *
     * @param name what the setting is called there
     */
    static <T> @Nullable Placed<T> read(
            Setting<T> setting, String text, String name, Origin origin, List<String> problems) {
        String bare = text.strip();
        T value = setting.parseOrNull(bare);
        if (value == null) {
            problems.add(setting.refusal(name, bare));
            return null;
        }
        return new Placed<>(setting, value, origin);
    }

    static <T> @Nullable Placed<T> defaultOf(Setting<T> setting, boolean reference) {
        T theirs = setting.referenceDefault().orElse(null);
        if (reference && theirs != null) {
            return new Placed<>(setting, theirs, Origin.BuiltIn.REFERENCE_DEFAULT);
        }
        T ours = setting.defaultValue().orElse(null);
        return ours == null ? null : new Placed<>(setting, ours, Origin.BuiltIn.DEFAULT);
    }

    /** Secrets masked. */
    @Override
    public String toString() {
        return setting.property() + "=" + setting.shown(value) + " (" + origin + ")";
    }
}
