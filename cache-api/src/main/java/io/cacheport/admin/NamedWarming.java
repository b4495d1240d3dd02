package io.cacheport.admin;

import io.cacheport.warm.WarmReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One warming by its name, one run of it at a time. The monitor guards the state; the task runs outside. */
final class NamedWarming {

    private static final Logger log = LoggerFactory.getLogger(CacheAdmin.class);

    private final String name;
    private final WarmTask task;

    private @Nullable Thread running;
    private @Nullable WarmReport report;
    private @Nullable String failure;
    private boolean closed;

    NamedWarming(String name, WarmTask task) {
        this.name = name;
        this.task = task;
    }

    /** False if it runs. */
    synchronized boolean start() {
        if (closed) {
            throw new IllegalStateException("the administration is closed; no warming begins");
        }
        if (running != null) {
            return false;
        }
        Thread thread = new Thread(this::run, "cacheport-admin-warm-" + name);
        thread.setDaemon(true);
        running = thread;
        thread.start();
        return true;
    }

    private void run() {
        WarmReport last = null;
        String thrown = null;
        try {
            last = task.run(this::progress);
        } catch (Throwable failed) { // its text may quote anything
            thrown = failed.getClass().getName();
            log.atWarn()
                    .addKeyValue("warming", name)
                    .addKeyValue("exception", thrown)
                    .log("a warming failed");
        } finally {
            ended(last, thrown);
        }
    }

    private synchronized void progress(WarmReport now) {
        report = now;
    }

    private synchronized void ended(@Nullable WarmReport last, @Nullable String thrown) {
        running = null;
        report = last == null ? report : last;
        failure = thrown;
    }

    synchronized WarmStatus status() {
        return new WarmStatus(running != null, report, failure);
    }

    synchronized void close() {
        closed = true;
        if (running != null) {
            running.interrupt();
        }
    }
}
