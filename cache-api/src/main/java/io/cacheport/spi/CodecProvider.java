package io.cacheport.spi;

/**
 * How a module offers its codec to others through {@link java.util.ServiceLoader}; {@code cache-redis} offers its JSON
 * this way, and the copying mode in memory uses it.
 *
 * @since 0.1
 */
public interface CodecProvider {

    /** The codec in its default setting. */
    Codec codec();
}
