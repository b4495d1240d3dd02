package io.cacheport.redis;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The threads that Lettuce and Netty make. */
final class RedisTestThreads {

    private static final Pattern NAME =
            Pattern.compile("(?i).*(lettuce|netty|globalEventExecutor|cacheport|reactor).*");

    private RedisTestThreads() {}

    static List<String> ofLettuceSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }
}
