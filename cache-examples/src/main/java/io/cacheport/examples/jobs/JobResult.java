package io.cacheport.examples.jobs;

/**
 * What came out of a job; it hardly ever changes.
 *
 * @param normalized the clean rows, as CSV
 */
public record JobResult(long jobId, int rows, int invalid, String normalized) {}
