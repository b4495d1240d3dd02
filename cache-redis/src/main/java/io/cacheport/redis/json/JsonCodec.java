package io.cacheport.redis.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.redis.codec.CompressedCodec;
import io.cacheport.redis.codec.EncryptedCodec;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON by Jackson: UTF-8, no type names, times as ISO-8601 text. Thread-safe; readers are made once per type.
 *
 * <p>Reading is strict, because a value that is almost right is worse than a miss: a property that the type does not
 * have or that the JSON lacks, a number for a text, a null for a primitive or text after the value make it unreadable.
 * So a changed class reads old entries as misses. A mapper of one's own can be more lenient.
 *
 * <p>A polymorphic element type needs its type id in the JSON, which Jackson leaves out of a bare {@code List}: store a
 * class that has the list as a property.
 *
 * @since 0.1
 */
public final class JsonCodec implements Codec {

    /** Deeper nesting is neither written nor read. */
    public static final int MAX_DEPTH = 500;

    private final ObjectMapper mapper;
    private final ConcurrentMap<TypeRef<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    private JsonCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The codec in its strict setting. */
    public static JsonCodec create() {
        return new JsonCodec(strictMapper());
    }

    /**
     * The codec with a mapper of one's own, of which a copy is taken.
     *
     * @throws IllegalArgumentException if the mapper has default typing on, with which whoever can write to the cache can
     *     choose the classes that are made
     */
    public static JsonCodec of(ObjectMapper mapper) {
        if (mapper == null) {
            throw new IllegalArgumentException("mapper is null");
        }
        if (mapper.getDeserializationConfig().getDefaultTyper(null) != null) {
            throw new IllegalArgumentException(
                    "the mapper has default typing on: stored bytes could choose the classes made from them; "
                            + "name the subtypes with @JsonTypeInfo and @JsonSubTypes instead");
        }
        return new JsonCodec(mapper.copy());
    }

    /**
     * This codec, with values of {@value CompressedCodec#DEFAULT_THRESHOLD} bytes and more compressed by zstd where that makes them smaller.
     *
     * @throws IllegalStateException if {@code com.github.luben:zstd-jni}, which this library leaves to its user to add, is
     *     missing
     */
    public CompressedCodec compressed() {
        return CompressedCodec.of(this);
    }

    /**
     * {@link #compressed()} from so many bytes of JSON on.
     *
     * @param thresholdBytes positive
     */
    public CompressedCodec compressed(int thresholdBytes) {
        return CompressedCodec.of(this).threshold(thresholdBytes);
    }

    /** This codec, with values encrypted, each bound to its key. To compress as well, say that first. */
    public EncryptedCodec encrypted(EncryptionKeys keys) {
        return EncryptedCodec.of(this, keys);
    }

    private static ObjectMapper strictMapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    @Override
    public byte[] encode(byte[] key, @Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException | RuntimeException | StackOverflowError | LinkageError failure) {
            throw new ValueEncodingException(
                    "a value of " + (value == null ? "null" : value.getClass().getName())
                            + " cannot be encoded as JSON" + place(failure) + ": "
                            + failure.getClass().getSimpleName(),
                    failure);
        }
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, TypeRef<T> type) throws UnreadableValueException {
        return decode(key, bytes, 0, bytes.length, type);
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, int start, int length, TypeRef<T> type)
            throws UnreadableValueException {
        try {
            return reader(type).readValue(bytes, start, length);
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError failure) {
            throw new UnreadableValueException(type, failure);
        }
    }

    private ObjectReader reader(TypeRef<?> type) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            reader = mapper.readerFor(mapper.constructType(type.type()));
            readers.put(type, reader);
        }
        return reader;
    }

    /** Where in the value, by class and property; the key of a map is data and is left out. */
    private static String place(Throwable failure) {
        if (!(failure instanceof JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return "";
        }
        StringBuilder place = new StringBuilder(" at ");
        for (JsonMappingException.Reference step :
                mapping.getPath().subList(0, Math.min(8, mapping.getPath().size()))) {
            String property = step.getFrom() instanceof Map ? "(a key)" : step.getFieldName();
            place.append('/').append(property == null ? String.valueOf(step.getIndex()) : property);
        }
        return place.toString();
    }

    @Override
    public String toString() {
        return "JSON";
    }
}
