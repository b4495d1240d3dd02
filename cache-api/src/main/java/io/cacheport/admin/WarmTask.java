package io.cacheport.admin;

import io.cacheport.warm.WarmReport;
import java.util.function.Consumer;

/**
 * A warming that an operator may start, such as {@code progress -> Warming.of(events).onProgress(progress).keys(ids, loader)}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WarmTask {

    /**
     * Warms, and returns when that is done. It should end when interrupted, as a {@link io.cacheport.warm.Warming} does.
     *
     * @param progress may be told how far it has come, from any thread
     */
    WarmReport run(Consumer<? super WarmReport> progress) throws Exception;
}
