package io.cacheport.redis.json;

import io.cacheport.spi.Codec;
import io.cacheport.spi.CodecProvider;

/**
 * Offers the JSON codec to the copying mode of the in-memory adapter.
 *
 * @since 0.1
 */
public final class JsonCodecProvider implements CodecProvider {

    /** For {@link java.util.ServiceLoader}. */
    public JsonCodecProvider() {}

    @Override
    public Codec codec() {
        return JsonCodec.create();
    }
}
