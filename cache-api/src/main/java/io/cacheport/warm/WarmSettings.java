package io.cacheport.warm;

import java.util.function.Consumer;

/**
 * How to warm.
 *
 * @param batch keys in one call of the loader
 * @param perSecond keys that are asked of the source
 * @param giveUpAfter batches in a row that came to nothing
 * @param onProgress told after each batch
 * @param onEnd told when all is over
 */
record WarmSettings(
        int batch,
        int perSecond,
        int giveUpAfter,
        Consumer<? super WarmReport> onProgress,
        Consumer<? super WarmReport> onEnd,
        WarmTime time) {

    static final WarmSettings DEFAULT = new WarmSettings(
            Warming.DEFAULT_BATCH,
            Warming.DEFAULT_PER_SECOND,
            Warming.DEFAULT_GIVE_UP_AFTER,
            report -> {},
            report -> {},
            WarmTime.SYSTEM);

    WarmSettings {
        if (batch < 1 || batch > Warming.MAX_BATCH) {
            throw new IllegalArgumentException("batch " + batch + " is not from 1 to " + Warming.MAX_BATCH);
        }
        positive("perSecond", perSecond);
        positive("giveUpAfter", giveUpAfter);
        if (onProgress == null) {
            throw new IllegalArgumentException("onProgress is null");
        }
        if (onEnd == null) {
            throw new IllegalArgumentException("onEnd is null");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
