package io.cacheport.benchmarks;

/**
 * What a candidate did in one round.
 *
 * @param opsPerSecond of all threads
 * @param p50Nanos of one operation, half of all took no longer
 * @param p99Nanos the same of 99 in 100
 * @param bytesPerOp allocated by the calling threads
 * @param cpuNanosPerOp processor time of this process, so without the server's
 * @param missed operations that found nothing, which should be none
 */
record Round(double opsPerSecond, long p50Nanos, long p99Nanos, double bytesPerOp, double cpuNanosPerOp, long missed) {}
