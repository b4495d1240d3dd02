package io.cacheport.admin;

import io.cacheport.warm.WarmReport;
import org.jspecify.annotations.Nullable;

/**
 * How a warming that an operator may start stands.
 *
 * @param running whether it runs now
 * @param report of the run under way, if it tells how far it has come, else of the last that ended; null before either
 * @param failure the class of what the last run threw; null if it threw nothing, or there was none
 * @since 0.1
 */
public record WarmStatus(
        boolean running,
        @Nullable WarmReport report,
        @Nullable String failure) {}
