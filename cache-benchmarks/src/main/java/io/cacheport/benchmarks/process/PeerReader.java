package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The program of a {@link ReaderJvm} with any library: what was read for a while is taken to be near. */
final class PeerReader {

    private static final long WHILE_NANOS = Duration.ofMillis(2).toNanos();
    private static final int READS = 100;

    private PeerReader() {}

    /** Takes the name of the library and the URI of the Redis. */
    public static void main(String... arguments) throws Exception {
        try (Peer peer = Kinds.of(arguments[0]).opener().open(arguments[1], String.class)) {
            Orders.follow((words, answers) -> {
                String key = words.get(0);
                Object copy = value(peer, key);
                if (copy == null || !lasts(peer, key, copy)) {
                    answers.accept(Reading.ABSENT);
                    return;
                }
                answers.accept(Reading.NEAR);
                answers.accept(String.valueOf(Reading.awaitAnother(read(peer, copy), key, copy)));
            });
        }
    }

    private static boolean lasts(Peer peer, String key, Object copy) throws Exception {
        long until = System.nanoTime() + WHILE_NANOS;
        for (int i = 0; i < READS || System.nanoTime() - until < 0; i++) {
            if (!copy.equals(value(peer, key))) {
                return false;
            }
        }
        return true;
    }

    /** No answer is no other answer. */
    private static Reading.Read read(Peer peer, Object copy) {
        return key -> {
            Object value = value(peer, key);
            return value == null ? copy : value;
        };
    }

    /** Null also while there is no connection. */
    private static @Nullable Object value(Peer peer, String key) {
        try {
            return peer.get(key);
        } catch (Exception cut) {
            return null;
        }
    }
}
