package io.cacheport.redis.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers in a file that several JVMs have mapped, which on one machine is memory they share: what one wrote, another that
 * looks later sees. Nothing in it is locked, so that a JVM may be killed at any moment. All zero at first.
 */
final class Longs {

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer memory;

    private Longs(MappedByteBuffer memory) {
        this.memory = memory;
    }

    static Longs map(Path file, int size) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return new Longs(channel.map(MapMode.READ_WRITE, 0, (long) size * Long.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long get(int index) {
        return (long) LONG.getVolatile(memory, index * Long.BYTES);
    }

    void set(int index, long value) {
        LONG.setVolatile(memory, index * Long.BYTES, value);
    }

    /** What it was before. */
    long add(int index, long summand) {
        return (long) LONG.getAndAdd(memory, index * Long.BYTES, summand);
    }

    void raise(int index, long least) {
        for (long now = get(index); now < least; now = get(index)) {
            if (LONG.compareAndSet(memory, index * Long.BYTES, now, least)) {
                return;
            }
        }
    }
}
