package io.cacheport.behind;

/**
 * A cache whose store can keep what is to be written to a database.
 *
 * @since 0.1
 */
public interface BufferingCache {

    /** What waits there, shared by all who use the same store and key prefix. */
    WriteBuffers writeBuffers();
}
