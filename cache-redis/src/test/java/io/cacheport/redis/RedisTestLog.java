package io.cacheport.redis;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** What is logged while this is open: by the library from DEBUG on, or by everybody, which the console then shows too. */
final class RedisTestLog implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level levelBefore;
    private final boolean additiveBefore;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    private RedisTestLog(String name, Level level) {
        logger = (Logger) LoggerFactory.getLogger(name);
        levelBefore = logger.getLevel();
        additiveBefore = logger.isAdditive();
        logger.setLevel(level);
        logger.setAdditive(false);
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    static RedisTestLog open() {
        return new RedisTestLog("io.cacheport", Level.DEBUG);
    }

    /** Netty's and Lettuce's lines too. */
    static RedisTestLog ofEverybody(Level level) {
        return new RedisTestLog(Logger.ROOT_LOGGER_NAME, level);
    }

    /** Each event as one text: level, message, pairs, stack trace. */
    List<String> lines() {
        return events.stream().map(RedisTestLog::text).toList();
    }

    List<String> lines(String part) {
        return lines().stream().filter(line -> line.contains(part)).toList();
    }

    private static String text(ILoggingEvent event) {
        StringBuilder text =
                new StringBuilder().append(event.getLevel()).append(' ').append(event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
        }
        if (event.getThrowableProxy() != null) {
            text.append(' ').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return text.toString();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
        logger.setLevel(levelBefore);
        logger.setAdditive(additiveBefore);
    }
}
