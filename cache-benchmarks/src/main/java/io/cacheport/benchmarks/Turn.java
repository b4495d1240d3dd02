package io.cacheport.benchmarks;

/**
 * What a candidate did in one turn too fast for a look at the clock at each operation.
 *
 * @param cpuNanosPerOp processor time of the calling threads
 * @param bytesPerOp allocated by the calling threads
 * @param missed operations that found nothing, which should be none
 */
record Turn(double cpuNanosPerOp, double bytesPerOp, long missed) {}
