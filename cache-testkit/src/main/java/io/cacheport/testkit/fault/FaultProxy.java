package io.cacheport.testkit.fault;

import io.cacheport.testkit.server.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A way to a Redis server, on the loopback interface, that can be made bad while clients use it. It passes on what comes
 * until told otherwise; what is set holds for the connections that are open and for new ones, until {@link #heal()}.
 * Several faults at a time work together. When the server is not there, or closes a connection, the client's is closed.
 *
 * <p>What the proxy is passing on in the very moment of a call may still go the old way. Thread-safe; its threads are
 * daemons.
 *
 * @since 0.1
 */
public final class FaultProxy implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int BACKLOG = 128;
    private static final int PORTS_TO_TRY = 1_000;

    /**
     * Neither the system's ephemeral ports, since while it refuses a client that keeps trying one of those can end up
     * connected to itself, nor those of the servers, which may be waiting for a restart.
     */
    private static final int LOWEST_PORT = 10_000;

    private static final int HIGHEST_PORT = 11_999;

    private final String serverHost;
    private final int serverPort;
    private final int port;
    private final Toxics toxics = new Toxics();
    private final Set<FaultLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;
    private boolean closed;

    private FaultProxy(String serverHost, int serverPort, ServerSocket listener) {
        this.serverHost = serverHost;
        this.serverPort = serverPort;
        this.port = listener.getLocalPort();
        serve(listener);
    }

    /** A proxy on a free port, which listens when this returns; whether there is a server is seen by its clients. */
    public static FaultProxy to(String host, int port) {
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            try {
                int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
                return new FaultProxy(host, port, listen(candidate));
            } catch (IOException e) { // somebody else's
                last = e;
            }
        }
        throw new UncheckedIOException("no free port from " + LOWEST_PORT + " to " + HIGHEST_PORT, last);
    }

    /** A proxy to that server, which may be killed and restarted meanwhile. */
    public static FaultProxy to(RedisServer server) {
        return to(server.host(), server.port());
    }

    /** The loopback address. */
    public String host() {
        return HOST;
    }

    /** The port, which stays the same. */
    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:PORT}. */
    public String uri() {
        return "redis://" + HOST + ":" + port;
    }

    /**
     * Passes each piece of replies on so much later than it came, give or take a random part of {@code jitter}: like a
     * long way, with any number of pieces on it at a time, in their order.
     */
    public void latency(Duration delay, Duration jitter) {
        toxics.latency(notNegative("delay", delay), notNegative("jitter", jitter));
    }

    /**
     * Loses everything, in both directions: what comes is read, as a kernel would that acknowledges it, and thrown away.
     * Connections stay open even if the server closes its side; new ones are accepted.
     */
    public void blackhole() {
        toxics.blackhole();
    }

    /**
     * Keeps requests back until {@link #heal()}, and passes them on then, in their order: what the client has given up on
     * long ago, the server executes after what others sent meanwhile.
     */
    public void holdRequests() {
        toxics.holdRequests();
    }

    /** Passes replies on so many bytes at a time, with a pause after each. */
    public void trickle(int bytes, Duration pause) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes " + bytes + ": at least 1");
        }
        toxics.trickle(bytes, notNegative("pause", pause));
    }

    /**
     * Once: lets so many more bytes of replies pass, counted over all connections from now on, and resets the one over
     * which the last of them went, right behind it; the others go on. With 0 it is the one that is next to get a reply,
     * before it does. Calling it again sets the count anew. A client that reads as data comes gets all of them; one that
     * does not may miss the last, since a reset overtakes what the kernel could not send yet.
     */
    public void cutAfter(long replyBytes) {
        if (replyBytes < 0) {
            throw new IllegalArgumentException("replyBytes " + replyBytes + ": at least 0");
        }
        toxics.cutAfter(replyBytes);
    }

    /**
     * Swallows the next reply that begins, on whichever connection, as if the server had not sent it. Pushes are no
     * replies; what a subscriber gets over RESP2, which has none, is. Calls add up, and are served before those of {@link
     * #doubleReply()}.
     */
    public void dropReply() {
        toxics.dropReply();
    }

    /** Passes the next reply that begins, on whichever connection, on twice. Pushes are no replies. Calls add up. */
    public void doubleReply() {
        toxics.doubleReply();
    }

    /** Ends all open connections now, with a reset to the client and to the server; new ones work. */
    public void reset() {
        links.forEach(FaultLink::reset);
    }

    /** Stops listening, so that connecting is refused, and resets what is open, until {@link #accept()}. */
    public void refuse() {
        stopListening();
        reset();
    }

    /**
     * Listens again, on the same port; without effect if it does.
     *
     * @throws IllegalStateException when the proxy was closed
     */
    public synchronized void accept() {
        if (closed) {
            throw new IllegalStateException("the proxy is closed");
        }
        if (listener == null) {
            try {
                serve(listen(port));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen on port " + port + " again", e);
            }
        }
    }

    /**
     * Ends every fault: what is delayed goes now, a cut, drop or doubling that has not happened does not, and it listens
     * again if it refused. What was lost stays lost, so a connection that a blackhole tore something out of is better
     * {@link #reset()}.
     *
     * @throws IllegalStateException when the proxy was closed
     */
    public void heal() {
        toxics.heal();
        accept();
    }

    /** How many connections it has accepted so far. */
    public long accepted() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int open() {
        return links.size();
    }

    /** How many bytes of requests {@link #blackhole()} has swallowed so far. */
    public long swallowed() {
        return toxics.swallowed();
    }

    /** Stops listening and resets what is open; doing it again is harmless. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            stopListening();
        }
        reset();
    }

    @Override
    public String toString() {
        return uri() + " to " + serverHost + ":" + serverPort;
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    }

    private synchronized void serve(ServerSocket listening) {
        listener = listening;
        acceptor = thread("accept", () -> acceptFrom(listening));
        acceptor.start();
    }

    /** Nobody can connect any more, and whoever could is among the links, when this returns. */
    private synchronized void stopListening() {
        if (listener == null || acceptor == null) {
            return;
        }
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener = null;
        awaitEnd(acceptor); // as long as it is on its way out of the system call, the port is taken
    }

    private void acceptFrom(ServerSocket listening) {
        try {
            while (true) {
                FaultLink link = new FaultLink(listening.accept(), serverHost, serverPort, toxics, links::remove);
                accepted.incrementAndGet();
                links.add(link);
                link.start();
            }
        } catch (IOException closing) {
            // refuses or is closed
        }
    }

    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) { // the caller's, for afterwards
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration notNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " " + duration + ": not negative");
        }
        return duration;
    }

    static Thread thread(String role, Runnable code) {
        Thread thread = new Thread(code, "fault-proxy-" + role);
        thread.setDaemon(true);
        return thread;
    }
}
