package io.cacheport.benchmarks;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a suite is to run.
 *
 * @param quick whether to take as little time as shows that it works; the figures then mean nothing
 * @param virtualThreadsJava the java command of a JDK 21 or later, for what is measured with virtual threads; null if there is
 *     none, and the rows with virtual threads are left out, which the report says
 */
public record RunSettings(boolean quick, @Nullable Path virtualThreadsJava) {}
