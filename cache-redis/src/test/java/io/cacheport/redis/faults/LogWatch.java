package io.cacheport.redis.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * While a test of the matrix runs, every logger there is writes everything it has to say, and each line is searched for
 * the canaries: text that the tests put into keys, values and passwords. Lines are counted, not kept, but for this
 * library's warnings.
 */
final class LogWatch extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** What a key begins with. */
    static final String KEY = "cnrykey";

    /** What a value contains. */
    static final String VALUE = "cnryvalue";

    /** What a password contains. */
    static final String PASSWORD = "cnrypass";

    private static final List<String> CANARIES = List.of(KEY, VALUE, PASSWORD);

    /** Where Lettuce itself writes the bytes on the wire, at TRACE only: by logger, what stands before the bytes. */
    private static final Map<String, String> WIRE = Map.of(
            "io.lettuce.core.protocol.CommandEncoder", "Sent:", "io.lettuce.core.protocol.CommandHandler", "Buffer:");

    private static final int LONGEST_SHOWN = 500;

    private static final LogWatch INSTANCE = new LogWatch();

    private final LongAdder scanned = new LongAdder();
    private final LongAdder leaks = new LongAdder();
    private final Map<String, LongAdder> onTheWire = new ConcurrentSkipListMap<>();
    private final List<String> newLeaks = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private int users;
    private @Nullable Level before;

    LogWatch() {}

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    static void open() {
        INSTANCE.use();
    }

    static void close() {
        INSTANCE.unuse();
    }

    /**
     * Runs what is to be timed, with only INFO and above: at TRACE Lettuce copies each reply into the log, which takes
     * longer than the reply. Loggers are asked for their level when a connection is made, so make it in there.
     */
    static <T> T quietly(Callable<T> timed) throws Exception {
        Level loud = root().getLevel();
        root().setLevel(Level.INFO);
        try {
            return timed.call();
        } finally {
            root().setLevel(loud);
        }
    }

    private synchronized void use() {
        if (users++ > 0) {
            return;
        }
        Logger root = root();
        before = root.getLevel();
        if (!isStarted()) {
            setName("canaries");
            setContext(root.getLoggerContext());
            start();
            root.iteratorForAppenders().forEachRemaining(console -> {
                ThresholdFilter errors = new ThresholdFilter();
                errors.setLevel(String.valueOf(before));
                errors.start();
                console.addFilter(errors);
            });
        }
        root.addAppender(this);
        root.setLevel(Level.TRACE);
    }

    private synchronized void unuse() {
        if (--users == 0) {
            root().setLevel(before);
            root().detachAppender(this);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        scanned.increment();
        String text = text(event);
        boolean ours = event.getLoggerName().startsWith("io.cacheport");
        if (ours && event.getLevel().isGreaterOrEqual(Level.WARN)) {
            warnings.add(event.getLevel() + " " + text);
        }
        CANARIES.stream().filter(text::contains).findFirst().ifPresent(canary -> found(event, canary, text));
    }

    private void found(ILoggingEvent event, String canary, String text) {
        String logger = event.getLoggerName();
        String wire = WIRE.get(logger);
        if (wire != null && event.getLevel() == Level.TRACE && isAfterPrefix(event.getFormattedMessage(), wire)) {
            onTheWire.computeIfAbsent(logger, any -> new LongAdder()).increment();
            return;
        }
        leaks.increment();
        if (newLeaks.size() < 10) {
            String start = text.substring(0, Math.min(LONGEST_SHOWN, text.length()));
            newLeaks.add(canary + " in " + event.getLevel() + " " + logger + ": " + start);
        }
    }

    /** {@code [channel, addresses] Sent: ...}. */
    private static boolean isAfterPrefix(String message, String word) {
        return message.startsWith("[") && message.startsWith("] " + word, message.indexOf(']'));
    }

    /** Everything an appender can write of an event. */
    private static String text(ILoggingEvent event) {
        StringBuilder text = new StringBuilder(event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> text.append(' ').append(pair.key).append('=').append(pair.value));
        }
        if (event.getThrowableProxy() != null) {
            text.append(' ').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return text.append(' ').append(event.getThreadName()).toString();
    }

    /** Where canaries were seen since the last call. */
    static List<String> newLeaks() {
        List<String> found = new ArrayList<>(INSTANCE.newLeaks);
        INSTANCE.newLeaks.removeAll(found);
        return found;
    }

    /** What this library warned of since the test began, each as level, message and pairs. */
    static List<String> warnings() {
        return List.copyOf(INSTANCE.warnings);
    }

    static void forgetWarnings() {
        INSTANCE.warnings.clear();
    }

    static long scanned() {
        return INSTANCE.scanned.sum();
    }

    static long leaks() {
        return INSTANCE.leaksSeen();
    }

    long leaksSeen() {
        return leaks.sum();
    }

    /** Lines with a canary by which Lettuce writes down the bytes on the wire, by logger. */
    static Map<String, Long> onTheWire() {
        Map<String, Long> counts = new TreeMap<>();
        INSTANCE.onTheWire.forEach((logger, count) -> counts.put(logger, count.sum()));
        return counts;
    }
}
