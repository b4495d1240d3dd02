package io.cacheport.benchmarks.process;

import java.time.Duration;

/** Nothing is flushed: what the other client's GETs take by themselves. */
final class Idle implements FlushWay {

    private static final Duration LENGTH = Duration.ofMillis(500);

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public void fill(int values) {}

    @Override
    public void run() throws InterruptedException {
        Thread.sleep(LENGTH.toMillis());
    }

    @Override
    public boolean isGone() {
        return true;
    }

    @Override
    public void close() {}
}
