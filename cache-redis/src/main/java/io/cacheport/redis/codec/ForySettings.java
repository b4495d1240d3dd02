package io.cacheport.redis.codec;

import java.lang.invoke.SerializedLambda;
import java.time.ZoneId;
import java.util.List;
import org.apache.fory.Fory;
import org.apache.fory.config.ForyBuilder;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.resolver.SharedRegistry;
import org.apache.fory.serializer.JdkProxySerializer;
import org.apache.fory.serializer.LambdaSerializer;
import org.apache.fory.serializer.ReplaceResolveSerializer;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.TimeSerializers;

/** What those that read and those that write have in common; none is thread-safe. */
final class ForySettings {

    /** What Fory always knows and no value needs: most of it looks up methods or classes by name. */
    private static final List<Class<?>> REFUSED = List.of(
            LambdaSerializer.ReplaceStub.class,
            JdkProxySerializer.ReplaceStub.class,
            ReplaceResolveSerializer.ReplaceStub.class,
            SerializedLambda.class,
            Class.class,
            Object.class);

    private ForySettings() {}

    /** Those with the same registry share the code that is generated. */
    static ForyBuilder builder(SharedRegistry registry) {
        return Fory.builder()
                .withName("cacheport") // or it would share generated code with any other of the same settings
                .withSharedRegistry(registry)
                .withXlang(false)
                .withCompatible(false)
                .withClassVersionCheck(true) // each object says what its properties are
                .serializeEnumByName(true) // an ordinal would be another constant once one has come between
                .withRefTracking(false)
                .withMaxDepth(ForyCodec.MAX_DEPTH)
                .withMaxGraphMemoryBytes(ForyCodec.MAXIMUM_GRAPH_BYTES)
                .withDeserializeUnknownClass(false)
                .withAsyncCompilation(false)
                .suppressClassRegistrationWarnings(true);
    }

    @SuppressWarnings("unchecked") // it is a ZoneId
    static Fory built(ForyBuilder builder) {
        Fory fory = builder.build();
        Class<ZoneId> region = (Class<ZoneId>) ZoneId.of("Europe/Berlin").getClass(); // has no name outside its package
        fory.registerSerializerAndType(region, new TimeSerializers.ZoneIdSerializer(fory.getConfig(), region));
        REFUSED.forEach(type -> fory.registerSerializer(type, new Refusing(fory, type)));
        return fory;
    }

    private static final class Refusing extends Serializer<Object> {

        @SuppressWarnings("unchecked") // makes none
        Refusing(Fory fory, Class<?> type) {
            super(fory.getConfig(), (Class<Object>) type);
        }

        @Override
        public Object read(ReadContext context) {
            throw new InsecureException(type + " is not read");
        }

        @Override
        public void write(WriteContext context, Object value) {
            throw new InsecureException(type + " is not written");
        }
    }
}
