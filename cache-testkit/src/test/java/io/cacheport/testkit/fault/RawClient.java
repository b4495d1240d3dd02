package io.cacheport.testkit.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection whose bytes are seen as they come, and as they end. */
final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    RawClient(FaultProxy proxy) throws IOException {
        socket = new Socket(proxy.host(), proxy.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Inline commands. */
    void send(String... commands) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", commands) + "\r\n").getBytes(UTF_8));
    }

    /** Exactly so many bytes. */
    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), UTF_8);
    }

    /** What comes up to that, and that. */
    String readUntil(String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder all = new StringBuilder();
        while (all.indexOf(end, all.length() - end.length()) < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the end after " + all);
            }
            all.append((char) b);
        }
        return all.toString();
    }

    /** The next byte; -1 at the end, an exception if that is a reset. */
    int next() throws IOException {
        return socket.getInputStream().read();
    }

    /** Whether nothing comes, not even an end, for a fifth of a second. */
    boolean isSilent() throws IOException {
        socket.setSoTimeout(200);
        try {
            next();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
