package io.cacheport.spi;

/**
 * Capability of a cache that can say whether someone who reads its store reads its values, and of a codec that can say it
 * of the bytes it makes. Policies of sensitive data ask here ({@link io.cacheport.aside.CachePolicy#sensitive}); what does
 * not have this capability counts as readable.
 *
 * @since 0.1
 */
public interface Confidential {

    /**
     * Whether values leave this process encrypted or not at all. Of values only: keys, tags and times are never hidden. No
     * I/O, always the same answer.
     */
    boolean isConfidential();

    /** Whether it has this capability and says so. */
    static boolean is(Object cacheOrCodec) {
        return cacheOrCodec instanceof Confidential one && one.isConfidential();
    }
}
