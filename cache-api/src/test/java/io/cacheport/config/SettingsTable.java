package io.cacheport.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the table of all settings for {@code docs/settings.md}. */
final class SettingsTable {

    private SettingsTable() {}

    static String markdown() {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, List<Setting<?>>> group : Settings.groups().entrySet()) {
            out.append("\n## ").append(group.getKey()).append("\n\n");
            out.append("| Property, variable | Default | Reference default | Allowed | What it does |\n");
            out.append("|---|---|---|---|---|\n");
            group.getValue().forEach(setting -> out.append(row(setting)));
        }
        return out.toString();
    }

    private static <T> String row(Setting<T> setting) {
        return "| `" + setting.property() + "` <br> `" + setting.variable() + "` | "
                + written(setting, setting.defaultValue()) + " | " + written(setting, setting.referenceDefault())
                + " | " + setting.allowed().replace("|", "\\|") + " | " + setting.description()
                + (setting.isSecret()
                        ? " Never shown" + (setting == StoreSettings.REDIS_URL ? ": its password." : ".")
                        : "")
                + " |\n";
    }

    private static <T> String written(Setting<T> setting, Optional<T> value) {
        return value.map(given -> "`" + setting.text(given) + "`").orElse("");
    }
}
