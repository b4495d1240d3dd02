package io.cacheport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cacheport.ErrorCause;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class FailureLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("FailureLogTest");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // wraps around on the way
    private final FailureLog log = new FailureLog(logger, clock::get);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void oneLineInTenSecondsPerCause() {
        for (int i = 0; i < 1_000; i++) {
            log.failed("get", ErrorCause.TIMEOUT, null);
        }
        log.failed("set", ErrorCause.REFUSED, null);

        assertThat(lines.list).hasSize(2);
    }

    @Test
    void theNextLineTellsHowManyThereWere() {
        for (int i = 0; i < 5; i++) {
            log.failed("get", ErrorCause.TIMEOUT, null);
        }
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        log.failed("get", ErrorCause.TIMEOUT, new IllegalStateException("secret"));

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.get(1).getKeyValuePairs())
                .containsExactly(
                        new KeyValuePair("operation", "get"),
                        new KeyValuePair("cause", "timeout"),
                        new KeyValuePair("failures", 5L),
                        new KeyValuePair("exception", "java.lang.IllegalStateException"));
        assertThat(lines.list.get(1).toString()).doesNotContain("secret");
    }

    @Test
    void silentBeforeTenSecondsAreOver() {
        log.failed("get", ErrorCause.TIMEOUT, null);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        log.failed("get", ErrorCause.TIMEOUT, null);

        assertThat(lines.list).hasSize(1);
    }
}
