package io.cacheport.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers, from 12000 to 21999. Not the system's ephemeral ones: those may be given to any outgoing connection
 * while a killed server waits for its restart, and a client that keeps trying a dead port among them can end up connected
 * to itself. The cluster bus, ten thousand above, stays below 32768 for the same reason.
 */
final class FreePort {

    private static final int LOWEST = 12_000;
    private static final int COUNT = 10_000;
    private static final int BUS_OFFSET = 10_000;

    private FreePort() {}

    /** A port that nobody listens on at this moment, nor on its bus port. */
    static int find() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = LOWEST + ThreadLocalRandom.current().nextInt(COUNT);
            if (isFree(port) && isFree(port + BUS_OFFSET)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + (LOWEST + COUNT - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
