/**
 * The {@link io.cacheport.redis.codec.ForyCodec binary codec}, and what can be done to a codec's bytes before they are stored: {@link io.cacheport.redis.codec.CompressedCodec compression}
 * and {@link io.cacheport.redis.codec.EncryptedCodec encryption}, each one word on a codec.
 *
 * <pre>{@code
 * JsonCodec.create().compressed().encrypted(EncryptionKeys.of("2026-11", key))
 * }</pre>
 */
@NullMarked
package io.cacheport.redis.codec;

import org.jspecify.annotations.NullMarked;
