package io.cacheport.benchmarks;

/** A way to read, by the name under which it is reported. */
record Candidate(String name, Read read) {}
