package io.cacheport.examples.catalog.tryit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, to be closed the other way round. For one thread. */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("could not be closed", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
