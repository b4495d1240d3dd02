package io.cacheport.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A client's connection to a {@link FaultProxy} and the one made for it to the server. One thread takes the requests
 * over; of the replies one notes when each has to be passed on, and another one passes it on then.
 */
final class FaultLink {

    private static final int BUFFER = 16_384;
    private static final int CHUNKS_UNDER_WAY = 4_096;
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Socket client;
    private final Socket server = new Socket();
    private final Toxics toxics;
    private final Consumer<FaultLink> onEnd;
    private final CountDownLatch connectTried = new CountDownLatch(1);
    private final BlockingQueue<Chunk> line = new LinkedBlockingQueue<>(CHUNKS_UNDER_WAY);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> threads;

    /** Replies, or with none the end of the server's connection. */
    private static final class Chunk {
        private final byte[] bytes;
        private final long due;

        Chunk(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }
    }

    FaultLink(Socket client, String host, int port, Toxics toxics, Consumer<FaultLink> onEnd) {
        this.client = client;
        this.toxics = toxics;
        this.onEnd = onEnd;
        this.threads = List.of(
                FaultProxy.thread("delivery", this::deliver),
                FaultProxy.thread("replies", () -> readReplies(new InetSocketAddress(host, port))),
                FaultProxy.thread("requests", this::passRequests));
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Ends both connections now, with a reset; what is under way is lost. */
    void reset() {
        end(true);
    }

    private void passRequests() {
        try {
            client.setTcpNoDelay(true);
            InputStream in = client.getInputStream();
            byte[] bytes = new byte[BUFFER];
            int count;
            while ((count = in.read(bytes)) >= 0) {
                if (!toxics.swallow(count)) {
                    connectTried.await();
                    toxics.awaitRequestsLetGo();
                    send(bytes, count);
                }
            }
        } catch (IOException | InterruptedException closed) {
            // by either side or by the test
        }
        end(false);
    }

    private void send(byte[] bytes, int count) {
        try {
            server.getOutputStream().write(bytes, 0, count);
        } catch (IOException gone) {
            // the client is told by the end of the replies, after those that are still under way
        }
    }

    private void readReplies(InetSocketAddress address) {
        try {
            try {
                server.connect(address);
                server.setTcpNoDelay(true);
            } finally {
                connectTried.countDown();
            }
            ReplyFilter filter = new ReplyFilter(toxics);
            InputStream in = server.getInputStream();
            byte[] bytes = new byte[BUFFER];
            int count;
            while ((count = in.read(bytes)) >= 0) {
                byte[] passed = filter.filter(bytes, count);
                if (passed.length > 0) {
                    line.put(new Chunk(passed, toxics.due()));
                }
            }
        } catch (IOException gone) {
            // or never been there
        } catch (InterruptedException closed) {
            return;
        }
        try {
            line.put(new Chunk(new byte[0], toxics.due()));
        } catch (InterruptedException closed) {
            // so nobody waits for it
        }
    }

    private void deliver() {
        try {
            OutputStream out = client.getOutputStream();
            while (!ended.get()) { // it may have been before there was a thread to interrupt
                Chunk chunk = line.take();
                toxics.awaitDue(chunk.due);
                if (chunk.bytes.length == 0) {
                    toxics.awaitPath(); // a dead path does not say that the other end is gone
                    end(false);
                } else {
                    deliver(chunk.bytes, out);
                }
            }
        } catch (IOException | InterruptedException closed) {
            end(false);
        }
    }

    private void deliver(byte[] bytes, OutputStream out) throws IOException, InterruptedException {
        int at = 0;
        while (at < bytes.length && !toxics.isBlackhole()) {
            Toxics.Piece piece = toxics.take(bytes.length - at);
            out.write(bytes, at, piece.bytes());
            at += piece.bytes();
            if (piece.thenCut()) {
                LockSupport.parkNanos(SETTLE_NANOS); // for the client to take it: a reset discards what is not sent yet
                reset();
                return;
            }
            toxics.awaitPause(piece.thenPause());
        }
    }

    private void end(boolean abruptly) {
        if (ended.compareAndSet(false, true)) {
            close(client, abruptly);
            close(server, abruptly);
            threads.forEach(Thread::interrupt);
            onEnd.accept(this);
        }
    }

    private static void close(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException gone) {
            // as it was to be
        }
    }
}
