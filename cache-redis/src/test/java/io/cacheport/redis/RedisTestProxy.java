package io.cacheport.redis;

import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server that can swallow what is sent and then break, at a moment of the test's choosing. */
final class RedisTestProxy implements AutoCloseable {

    private final RedisServer server;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong swallowed = new AtomicLong();
    private volatile boolean swallowing;

    RedisTestProxy(RedisServer server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Runs a call whose command is on its way when all connections break; new ones work from then on. */
    void cutDuring(Runnable call) throws InterruptedException {
        long before = swallowed.get();
        swallowing = true;
        Thread caller = start(call);
        await().until(() -> swallowed.get() > before);
        swallowing = false;
        open.forEach(RedisTestProxy::close);
        caller.join();
    }

    private static Thread start(Runnable code) {
        Thread thread = new Thread(code, "proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.host(), server.port());
                open.add(client);
                open.add(upstream);
                start(() -> pump(client, upstream, true));
                start(() -> pump(upstream, client, false));
            } catch (IOException closed) {
                // then so is the listener, or the server is gone and the client gets no answer
            }
        }
    }

    private void pump(Socket from, Socket to, boolean request) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] bytes = new byte[8_192];
            int count;
            while ((count = in.read(bytes)) >= 0) {
                if (request && swallowing) {
                    swallowed.addAndGet(count);
                } else {
                    out.write(bytes, 0, count);
                }
            }
        } catch (IOException cut) {
            // on purpose
        }
        open.remove(from);
        open.remove(to);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(RedisTestProxy::close);
    }
}
