package io.cacheport.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All settings there are.
 *
 * @since 0.1
 */
public final class Settings {

    private static final Map<String, List<Setting<?>>> GROUPS = grouped(
            StoreSettings.GROUP,
            ClientSettings.GROUP,
            GuardSettings.GROUP,
            MemorySettings.GROUP,
            NearSettings.GROUP,
            KeySettings.GROUP,
            TtlSettings.GROUP,
            LockSettings.GROUP,
            WarmupSettings.GROUP,
            MetricsSettings.GROUP);

    private static final List<Setting<?>> ALL = flat();

    private Settings() {}

    /** All of them, in the order of {@link #groups}. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** Those that belong together, under the title of each group. Unmodifiable. */
    public static Map<String, List<Setting<?>>> groups() {
        return GROUPS;
    }

    private static List<Setting<?>> flat() {
        List<Setting<?>> all = new ArrayList<>();
        GROUPS.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private static Map<String, List<Setting<?>>> grouped(Group... groups) {
        Map<String, List<Setting<?>>> grouped = new LinkedHashMap<>();
        for (Group group : groups) {
            grouped.put(group.title(), group.settings());
        }
        return Collections.unmodifiableMap(grouped);
    }
}
