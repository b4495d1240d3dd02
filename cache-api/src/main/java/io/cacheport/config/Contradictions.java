package io.cacheport.config;

import java.time.Duration;
import java.util.List;

/** What cannot be set together. The adapters refuse what depends on the URI. */
final class Contradictions {

    private Contradictions() {}

    static void in(CacheSettings settings, List<String> problems) {
        Duration slow = settings.find(GuardSettings.MAX_LATENCY).orElse(Duration.ZERO);
        if (slow.compareTo(settings.get(ClientSettings.COMMAND_TIMEOUT)) >= 0) {
            problems.add(settings.show(GuardSettings.MAX_LATENCY) + " is not below "
                    + settings.show(ClientSettings.COMMAND_TIMEOUT) + ", so no call could be slow");
        }
        if (settings.isSet(MemorySettings.BYTES) && settings.isSet(MemorySettings.ENTRIES)) {
            problems.add(settings.show(MemorySettings.BYTES) + " and " + settings.show(MemorySettings.ENTRIES)
                    + " are both given: bound the cache by one");
        }
        if (settings.isSet(MemorySettings.BYTES) && !settings.get(MemorySettings.COPYING)) {
            problems.add(settings.show(MemorySettings.BYTES) + " needs " + MemorySettings.COPYING
                    + ": the size of a reference is not known");
        }
        if (settings.find(KeySettings.PREFIX).isPresent()) {
            try {
                settings.keySpace();
            } catch (IllegalArgumentException tooLong) {
                problems.add(settings.show(KeySettings.PREFIX) + " and " + settings.show(KeySettings.MAX_LENGTH) + ": "
                        + tooLong.getMessage());
            }
        }
    }
}
