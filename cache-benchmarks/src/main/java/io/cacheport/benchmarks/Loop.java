package io.cacheport.benchmarks;

import java.time.Duration;

/** Threads that read one key after the other for a time, and what is measured of them. */
interface Loop<R> {
    R run(Read read, int threads, Duration length) throws InterruptedException;
}
