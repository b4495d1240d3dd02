package io.cacheport.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads environment variables. One that is blank counts as not set, which is how compose files leave one out. */
final class EnvironmentLayer {

    private static final Logger log = LoggerFactory.getLogger(CacheSettings.class);

    private static final Map<String, Setting<?>> KNOWN =
            Settings.all().stream().collect(Collectors.toUnmodifiableMap(Setting::variable, setting -> setting));

    /** What Kubernetes sets for a service called {@code cache}. */
    private static final Pattern KUBERNETES = Pattern.compile("CACHE_(?:SERVICE_(?:HOST|PORT.*)|PORT(?:_[0-9]+_.*)?)");

    private EnvironmentLayer() {}

    static Layer read(Map<String, String> environment, List<String> problems) {
        Layer layer = new Layer();
        new TreeMap<>(environment).forEach((name, text) -> {
            Setting<?> setting = KNOWN.get(name);
            if (setting == null) {
                warnIfMeant(name);
            } else if (text != null && !text.isBlank()) {
                layer.put(Placed.read(setting, text, name, new Origin.Environment(name), problems));
            }
        });
        return layer;
    }

    /** A WARN and no more: other software may have such variables too. */
    private static void warnIfMeant(String name) {
        boolean ours = name.startsWith("CACHE_") && !KUBERNETES.matcher(name).matches();
        boolean akin = name.startsWith("REDIS_") || name.startsWith("ADAPTER") || name.startsWith("CACHE");
        if (ours || (akin && Names.isNear(name, KNOWN.keySet()))) {
            log.atWarn()
                    .addKeyValue("variable", name)
                    .addKeyValue("nearest", Names.nearest(name, KNOWN.keySet()))
                    .log("unknown environment variable, which sets nothing");
        }
    }
}
