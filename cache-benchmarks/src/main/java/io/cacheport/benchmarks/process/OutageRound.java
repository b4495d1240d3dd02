package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.process.OutageCalls.Call;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What the callers of one library had of one outage.
 *
 * @param first each caller's first call that the outage met
 * @param early calls that began in the first half of it, without those
 * @param late calls that began in its second half
 * @param hits of those two, how many were hits
 * @param recovered from when the server was back until the first hit; empty if there was none in time
 */
record OutageRound(List<Call> first, List<Call> early, List<Call> late, long hits, OptionalLong recovered) {

    static final Duration TIMEOUT = Duration.ofMillis(250);

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final int OPENINGS = 10;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** How the server goes away, and comes back. */
    enum Kind {
        KILLED,
        STOPPED;

        void begin(RedisServer server) {
            if (this == KILLED) {
                server.kill();
            } else {
                server.pause();
            }
        }

        void end(RedisServer server) {
            if (this == KILLED) {
                server.restart();
            } else {
                server.resume();
            }
        }
    }

    /**
     * Runs it, with a server of its own.
     *
     * @param half of the outage
     * @param patience how long hits are waited for afterwards
     */
    static OutageRound of(PeerKind kind, Kind how, Duration half, Duration patience) throws Exception {
        try (RedisServer server = RedisServer.start()) {
            Peer peer = open(kind, server);
            try (OutageCalls calls = new OutageCalls(peer)) {
                warm(calls, half);
                how.begin(server);
                long begin = System.nanoTime();
                long middle = begin + half.toNanos();
                Thread.sleep(2 * half.toMillis());
                List<Call> met = calls.since(begin);
                how.end(server);
                OptionalLong recovered = recovered(calls, System.nanoTime(), patience);
                List<Call> first = first(met);
                List<Call> others =
                        met.stream().filter(call -> !first.contains(call)).toList();
                return new OutageRound(
                        first,
                        others.stream()
                                .filter(call -> call.start() - middle < 0)
                                .toList(),
                        others.stream()
                                .filter(call -> call.start() - middle >= 0)
                                .toList(),
                        others.stream().filter(Call::isHit).count(),
                        recovered);
            } finally {
                close(peer);
            }
        }
    }

    /** Another first: to load its classes takes longer than is waited for a connection. */
    private static Peer open(PeerKind kind, RedisServer server) throws Exception {
        kind.opener().open(server.uri(), Product.class).close();
        for (int attempt = 1; ; attempt++) {
            try {
                return kind.open(server.uri(), Product.class, TIMEOUT);
            } catch (Exception e) {
                if (attempt == OPENINGS) {
                    throw e;
                }
            }
        }
    }

    /** Until there are hits, and a while longer. */
    private static void warm(OutageCalls calls, Duration length) throws InterruptedException {
        long begin = System.nanoTime();
        if (recovered(calls, begin, WARM_UP).isEmpty()) {
            throw new IllegalStateException("no hit within " + WARM_UP.toSeconds() + " s");
        }
        Thread.sleep(length.toMillis());
    }

    /** The first hit that begins after that moment, in nanoseconds from it. */
    private static OptionalLong recovered(OutageCalls calls, long moment, Duration patience)
            throws InterruptedException {
        OptionalLong first = OptionalLong.empty();
        while (first.isEmpty() && System.nanoTime() - moment < patience.toNanos()) {
            Thread.sleep(20);
            first = calls.since(moment).stream()
                    .filter(Call::isHit)
                    .filter(call -> call.start() - moment >= 0)
                    .mapToLong(call -> call.end() - moment)
                    .min();
        }
        return first;
    }

    private static List<Call> first(List<Call> met) {
        return IntStream.range(0, OutageCalls.THREADS)
                .mapToObj(thread ->
                        met.stream().filter(call -> call.thread() == thread).min(Comparator.comparingLong(Call::start)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** By a thread of its own: some wait for a server that does not answer. */
    private static void close(Peer peer) throws InterruptedException {
        Thread thread = new Thread(peer::close, "closing");
        thread.setDaemon(true);
        thread.start();
        thread.join(CLOSING.toMillis());
    }

    static Times times(List<Call> calls) {
        return new Times(calls.stream().mapToLong(Call::nanos));
    }
}
