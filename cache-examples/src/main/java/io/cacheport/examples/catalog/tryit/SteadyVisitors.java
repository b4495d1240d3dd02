package io.cacheport.examples.catalog.tryit;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A few visitors who come and go with the day, which here takes a minute; nothing like all that the service could take. */
final class SteadyVisitors implements AutoCloseable {

    private static final int VISITORS = 6;
    private static final double THINK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double DAY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double SWING = 0.4;

    private final Visitors visitors;
    private int port;
    private @Nullable Load load;

    SteadyVisitors(Visitors visitors) {
        this.visitors = visitors;
    }

    /** Where they find the service; to be said before they start. */
    synchronized void askAt(int port) {
        this.port = port;
    }

    synchronized boolean areThere() {
        return load != null;
    }

    /** Lets them in, if they are not there. */
    synchronized void start() {
        if (load == null) {
            load = Load.start(visitors, port, VISITORS, SteadyVisitors::thinkNanos);
        }
    }

    /** Requests that failed since they came. */
    synchronized long errors() {
        return load == null ? 0 : load.errors();
    }

    /** Sends them away, and waits until they have gone. */
    synchronized void stop() {
        if (load != null) {
            Load leaving = load;
            load = null;
            try {
                leaving.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static long thinkNanos() {
        double noon = Math.sin(2 * Math.PI * System.nanoTime() / DAY_NANOS);
        return (long) (THINK_NANOS * (1 - SWING * noon));
    }

    @Override
    public void close() {
        stop();
    }
}
