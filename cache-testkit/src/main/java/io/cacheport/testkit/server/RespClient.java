package io.cacheport.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code redis-cli} of tests: one blocking connection that speaks RESP2 and knows nothing of the library under test.
 *
 * <p>An integer reply is a {@link Long}, a status a {@link String}, an array a {@link List}, nil is {@code null}. An
 * error reply is thrown as {@link RespException} when it answers {@code call}, and is an element like any other inside
 * an array or a pipeline. Text goes out and is read as UTF-8.
 *
 * <p>What fails on the way, a timeout included, is an {@link UncheckedIOException} and closes the connection: its answer
 * might still arrive and would be taken for that of the next command. For one thread at a time.
 *
 * @since 0.1
 */
public final class RespClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;

    private RespClient(Socket socket, Duration timeout) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(millis(timeout));
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** A connection that waits at most ten seconds for being made and for each reply. */
    public static RespClient connect(String host, int port) {
        return connect(host, port, TIMEOUT);
    }

    /** A connection that waits at most {@code timeout} for being made and for each read from the socket. */
    public static RespClient connect(String host, int port, Duration timeout) {
        try {
            IOException failure = new UnknownHostException(host);
            for (InetAddress address : InetAddress.getAllByName(host)) {
                Socket socket = new Socket();
                try {
                    socket.connect(new InetSocketAddress(address, port), millis(timeout));
                    return new RespClient(socket, timeout);
                } catch (IOException e) {
                    socket.close();
                    failure = e;
                }
            }
            throw failure;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /** Runs one command; a bulk reply is a {@link String}. */
    public @Nullable Object call(String... args) {
        return orThrow(exchange(List.of(encode(args)), true).get(0));
    }

    /** Runs one command whose arguments are bytes as they are; a bulk reply is a {@code byte[]}. */
    public @Nullable Object call(byte[]... args) {
        return orThrow(exchange(List.of(encode(args)), false).get(0));
    }

    /** Sends all commands, then reads their replies, in order; a bulk reply is a {@link String}. */
    public List<@Nullable Object> pipeline(List<String[]> commands) {
        return exchange(commands.stream().map(RespClient::encode).toList(), true);
    }

    /** Closes the connection; doing it again is harmless. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<@Nullable Object> exchange(List<byte[]> commands, boolean text) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (byte[] command : commands) {
                out.write(command);
            }
            out.writeTo(socket.getOutputStream());
            List<@Nullable Object> replies = new ArrayList<>(commands.size());
            for (int i = 0; i < commands.size(); i++) {
                replies.add(read(text));
            }
            return replies;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Object orThrow(@Nullable Object reply) {
        if (reply instanceof RespException error) {
            throw error;
        }
        return reply;
    }

    private static byte[] encode(String... args) {
        return encode(Arrays.stream(args).map(arg -> arg.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    private static byte[] encode(byte[]... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + args.length + "\r\n").getBytes(UTF_8));
        for (byte[] arg : args) {
            out.writeBytes(("$" + arg.length + "\r\n").getBytes(UTF_8));
            out.writeBytes(arg);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    private @Nullable Object read(boolean text) throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> new RespException(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest), text);
            case '*' -> array(Integer.parseInt(rest), text);
            default -> throw new IOException("not a RESP2 reply: " + line);
        };
    }

    private @Nullable Object bulk(int length, boolean text) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("the reply was cut off");
        }
        return text ? new String(bytes, UTF_8) : bytes;
    }

    private @Nullable List<@Nullable Object> array(int length, boolean text) throws IOException {
        if (length < 0) {
            return null;
        }
        List<@Nullable Object> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(read(text));
        }
        return elements;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\r') {
            if (b < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.write(b);
        }
        if (in.read() != '\n' || line.size() == 0) {
            throw new IOException("not a RESP2 reply: " + line.toString(UTF_8));
        }
        return line.toString(UTF_8);
    }

    private static int millis(Duration timeout) {
        return Math.max(1, Math.toIntExact(timeout.toMillis())); // 0 would mean for ever
    }
}
