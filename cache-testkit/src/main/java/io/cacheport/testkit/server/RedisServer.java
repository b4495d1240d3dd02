package io.cacheport.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A redis-server of one's own on the loopback interface, which can be killed, restarted and paused. It writes to a
 * temporary directory only. The executable is the one named by the system property or environment variable {@code
 * CACHEPORT_REDIS_SERVER} (the server itself, or a script that execs it), else the one inside {@code
 * org.signal:embedded-redis}, an optional dependency. For Linux and macOS.
 *
 * <p>Servers still running when the JVM exits are killed. Thread-safe.
 *
 * @since 0.1
 */
public final class RedisServer implements AutoCloseable {

    private static final int PORTS_TO_TRY = 10;

    private final int port;
    private final String config;
    private final List<String> options;
    private volatile Path dir;
    private volatile RedisProcess process;

    private RedisServer(int port, String config, List<String> options) {
        this.port = port;
        this.config = config;
        this.options = options;
        this.dir = RedisProcess.newDir(config);
        this.process = RedisProcess.start(port, options, dir);
    }

    /**
     * Starts a server on a free port and waits until it answers.
     *
     * @param options as on redis-server's command line, such as {@code "--maxmemory", "10mb"}; the plain port has to stay
     *     open
     * @throws IllegalStateException when it does not come up within ten seconds, with the last lines of its output
     */
    public static RedisServer start(String... options) {
        return startWithConfig("", options);
    }

    /**
     * Starts a server on a free port that has a configuration file of its own, as a sentinel must, which keeps its state
     * there.
     */
    static RedisServer startWithConfig(String config, String... options) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new RedisServer(FreePort.find(), config, List.of(options));
            } catch (RedisProcess.PortTakenException e) { // by somebody quicker
                if (attempt == PORTS_TO_TRY) {
                    throw e;
                }
            }
        }
    }

    /** Starts a server on that port, as {@link #start(String...)} does on any. */
    public static RedisServer start(int port, String... options) {
        return new RedisServer(port, "", List.of(options));
    }

    /** The loopback address. */
    public String host() {
        return RedisProcess.HOST;
    }

    /** The port, which stays the same over restarts. */
    public int port() {
        return port;
    }

    /** {@code redis://127.0.0.1:PORT}. */
    public String uri() {
        return "redis://" + host() + ":" + port;
    }

    /** The id of the process, or of the last one. */
    public long pid() {
        return process.pid();
    }

    /** Whether there is a process; a paused one counts. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** A new connection, not authenticated; the caller closes it. */
    public RespClient client() {
        return RespClient.connect(host(), port);
    }

    /** Ends the process as a crash would, with SIGKILL, and waits for its end. Its directory stays for a restart. */
    public synchronized void kill() {
        process.kill();
    }

    /**
     * Starts it again, killing it first if it runs, with the same port and options, and waits until it answers. It comes
     * back empty, unless an option made it keep data and it was not closed in between.
     */
    public synchronized void restart() {
        kill();
        if (!Files.exists(dir)) {
            dir = RedisProcess.newDir(config);
        }
        process = RedisProcess.start(port, options, dir);
    }

    /** Stops the process with SIGSTOP: connections stay open and new ones are accepted, but nothing is answered. */
    public synchronized void pause() {
        process.signal("STOP");
    }

    /** Lets a paused process go on. */
    public synchronized void resume() {
        process.signal("CONT");
    }

    /** Ends the process, a paused one too, and deletes its directory; doing it again is harmless. */
    @Override
    public synchronized void close() {
        process.close();
    }

    @Override
    public String toString() {
        return uri();
    }

    Path dir() {
        return dir;
    }
}
