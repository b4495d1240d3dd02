package io.cacheport.redis.codec;

import io.cacheport.TypeRef;
import java.util.Set;
import org.apache.fory.Fory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.memory.MemoryUtils;
import org.apache.fory.resolver.SharedRegistry;
import org.jspecify.annotations.Nullable;

/** Reads values of one type: no class is made but those that it is declared with, and values of the JDK. Thread-safe. */
final class ForyReader {

    private final Set<Class<?>> classes;
    private final SharedRegistry registry = new SharedRegistry();
    private final ForyPool<Fory> pool = new ForyPool<>(this::fory);

    ForyReader(TypeRef<?> type) {
        classes = DeclaredClasses.of(type.type());
    }

    private Fory fory() {
        Fory fory = ForySettings.built(ForySettings.builder(registry)
                .requireClassRegistration(true)
                .withTypeChecker((resolver, name) -> false)); // nor any of those that Fory would allow by name
        classes.forEach(fory::register);
        return fory;
    }

    /**
     * The value in that part of the bytes.
     *
     * @throws RuntimeException if there is none
     */
    @Nullable
    Object read(byte[] bytes, int start, int length) {
        Outcome outcome = pool.use(fory -> {
            try {
                MemoryBuffer buffer = MemoryUtils.wrap(bytes, start, length);
                Object value = fory.deserialize(buffer);
                return new Outcome(value, buffer.remaining() == 0 ? null : new IllegalArgumentException("more"));
            } catch (RuntimeException unreadable) {
                return new Outcome(null, unreadable); // Fory is as good as before, and another one costs milliseconds
            }
        });
        if (outcome.unreadable != null) {
            throw outcome.unreadable;
        }
        return outcome.value;
    }

    private record Outcome(@Nullable Object value, @Nullable RuntimeException unreadable) {}
}
