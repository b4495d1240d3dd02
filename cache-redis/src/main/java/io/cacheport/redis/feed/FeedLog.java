package io.cacheport.redis.feed;

import io.cacheport.tiered.Coherence;
import io.lettuce.core.RedisCommandExecutionException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;

/** One line when changes are heard of, and one when they no longer are. */
public final class FeedLog {

    private static final String UP = "up";

    private final Logger log;
    private final FeedTarget target;
    private final Function<Throwable, String> causeOf;
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** Writes to {@code log}; {@code causeOf} gives the tag of a failure. */
    public FeedLog(Logger log, FeedTarget target, Function<Throwable, String> causeOf) {
        this.log = log;
        this.target = target;
        this.causeOf = causeOf;
    }

    void armed(String node, Coherence coherence) {
        said.put(node, UP);
        log.atInfo()
                .addKeyValue("redis", target)
                .addKeyValue("node", node)
                .addKeyValue("coherence", coherence.tag())
                .log("the near cache is in use");
    }

    void lost(String node) {
        if (!closing && said.remove(node, UP)) {
            log.atWarn()
                    .addKeyValue("redis", target)
                    .addKeyValue("node", node)
                    .log("the near cache hears nothing of a node any more; its keys are read from Redis until it does");
        }
    }

    /** Once for each cause, until it can. */
    void cannot(String node, Throwable failure) {
        String cause = isUnsupported(failure) ? "unsupported" : causeOf.apply(failure);
        if (!closing && !cause.equals(said.put(node, cause))) {
            log.atWarn()
                    .addKeyValue("redis", target)
                    .addKeyValue("node", node)
                    .addKeyValue("cause", cause)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log(
                            "the near cache cannot listen to a node; its keys are read from Redis while this goes on trying");
        }
    }

    void closed() {
        closing = true;
    }

    /** Whether the server does not know, or does not allow, what was asked of it. */
    public static boolean isUnsupported(Throwable failure) {
        String said = messageOf(failure);
        return said.startsWith("NOPROTO")
                || said.startsWith("NOPERM")
                || said.regionMatches(true, 0, "ERR unknown", 0, "ERR unknown".length())
                || said.startsWith("ERR syntax");
    }

    /** Whether the server says that the slot is another's. */
    static boolean isMoved(Throwable failure) {
        String said = messageOf(failure);
        return said.startsWith("MOVED") || said.startsWith("ASK ");
    }

    private static String messageOf(Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                ? Objects.requireNonNullElse(failure.getMessage(), "")
                : "";
    }
}
