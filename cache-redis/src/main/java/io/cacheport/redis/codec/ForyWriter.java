package io.cacheport.redis.codec;

import org.apache.fory.Fory;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.resolver.SharedRegistry;
import org.jspecify.annotations.Nullable;

/** Writes values of any class that can be read again. Thread-safe. */
final class ForyWriter {

    private static final int FIRST = 1 << 10;

    /** A buffer that has grown beyond that is not kept. */
    private static final int MOST_KEPT = 1 << 20;

    private final SharedRegistry registry = new SharedRegistry();
    private final ForyPool<Writing> pool = new ForyPool<>(() -> new Writing(registry));

    ForyWriter() {
        byte[] unused = write(0, ""); // finds out now whether the library is there
    }

    /** The value's bytes, after so many for a header. */
    byte[] write(int header, @Nullable Object value) {
        return pool.use(writing -> writing.write(header, value));
    }

    /** For one thread at a time. */
    private static final class Writing {

        private final Fory fory;
        private MemoryBuffer buffer = MemoryBuffer.newHeapBuffer(FIRST);

        /** The values are the program's own, so no class is registered; it is the reader who must know them. */
        Writing(SharedRegistry registry) {
            this.fory = ForySettings.built(ForySettings.builder(registry)
                    .requireClassRegistration(false)
                    .withSerializerFactory((resolver, type) -> Storable.orThrow(type)));
        }

        byte[] write(int header, @Nullable Object value) {
            buffer.writerIndex(header);
            MemoryBuffer written = fory.serialize(buffer, value);
            byte[] bytes = written.getBytes(0, written.writerIndex());
            if (buffer.size() > MOST_KEPT) {
                buffer = MemoryBuffer.newHeapBuffer(FIRST);
            }
            return bytes;
        }
    }
}
