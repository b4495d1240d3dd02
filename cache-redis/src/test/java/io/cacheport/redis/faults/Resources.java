package io.cacheport.redis.faults;

import com.sun.management.UnixOperatingSystemMXBean;
import io.cacheport.testkit.server.RedisServer;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * LEAK: what this JVM holds that a fault must not make more.
 *
 * @param threads of this JVM
 * @param descriptors open files and sockets of this JVM
 * @param direct bytes of Netty's outside the heap
 * @param connections of adapters at the server
 */
record Resources(int threads, long descriptors, long direct, long connections) {

    /** Netty takes memory from the system in pieces, and keeps what it has taken. */
    private static final long CHUNK = 1 << 20;

    static Resources now(RedisServer server) {
        return new Resources(
                Thread.activeCount(), openFiles(), PlatformDependent.usedDirectMemory(), Lat.connections(server));
    }

    static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    boolean isWithin(Resources other) {
        return threads <= other.threads
                && descriptors <= other.descriptors
                && direct <= other.direct + CHUNK
                && connections <= other.connections;
    }

    /** The heap in use after the collector was asked to run. */
    static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static String mb(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
