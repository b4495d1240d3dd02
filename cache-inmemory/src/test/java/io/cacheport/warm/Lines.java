package io.cacheport.warm;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What this package logs while it is open. */
final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.cacheport.warm");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    static Lines open() {
        Lines opened = new Lines();
        opened.logger.setAdditive(false);
        opened.logger.setLevel(Level.INFO);
        opened.setContext(opened.logger.getLoggerContext());
        opened.start();
        opened.logger.addAppender(opened);
        return opened;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getLevel() + " " + event.getFormattedMessage()
                + (event.getKeyValuePairs() == null ? "" : " " + event.getKeyValuePairs()));
    }

    List<String> all() {
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
