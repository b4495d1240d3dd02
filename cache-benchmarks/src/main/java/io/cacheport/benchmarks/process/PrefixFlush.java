package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.List;
import java.util.Objects;

/** By the keys' beginning. What is stored is made by the server, under names as the library gives them. */
final class PrefixFlush implements FlushWay {

    private static final String PREFIX = "flushed:";
    private static final int VALUE_BYTES = 100;
    private static final int ATTEMPTS = 50;

    /** Keys that a library has for itself, or that are only just being stored or removed. */
    private static final int BESIDE = 100;

    private final String name;
    private final Peer peer;
    private final RespClient redis;
    private final String redisPrefix;
    private long others;

    PrefixFlush(PeerKind kind, RedisServer server) throws Exception {
        this.name = kind.name();
        this.redis = server.client();
        this.peer = kind.open(server.uri(), Product.class, Kinds.PATIENT);
        try {
            peer.flush(PREFIX); // or it has no word for it
            this.redisPrefix = redisPrefix();
        } catch (UnsupportedOperationException e) {
            close();
            throw e;
        }
    }

    /** Before what belongs to the value, found by one that is stored, which some do after the call has returned. */
    private String redisPrefix() throws Exception {
        String key = PREFIX + "0";
        peer.put(key, Product.of(0));
        String found = "";
        for (int attempt = 0; attempt < ATTEMPTS && found.isEmpty(); attempt++) {
            Thread.sleep(10);
            found = found("*" + key);
        }
        if (found.isEmpty()) {
            throw new UnsupportedOperationException("its keys are not keys of Redis");
        }
        peer.remove(key);
        return found.substring(0, found.length() - 2); // DEBUG POPULATE puts the colon and the number
    }

    /** A key that matches; empty if there is none. */
    private String found(String pattern) {
        String last = "";
        String cursor = "0";
        do {
            List<?> step =
                    (List<?>) Objects.requireNonNull(redis.call("SCAN", cursor, "MATCH", pattern, "COUNT", "100000"));
            cursor = String.valueOf(step.get(0));
            List<?> found = (List<?>) step.get(1);
            last = found.isEmpty() ? last : String.valueOf(found.get(0));
        } while (!cursor.equals("0"));
        return last;
    }

    @Override
    public String name() {
        return name;
    }

    /** The server does nothing else meanwhile; who has lost its connection by that is waited for. */
    @Override
    public void fill(int values) throws Exception {
        others = size();
        redis.call("DEBUG", "POPULATE", String.valueOf(values), redisPrefix, String.valueOf(VALUE_BYTES));
        if (Math.abs(size() - others - values) > BESIDE) {
            throw new IllegalStateException("not so many were stored under " + redisPrefix + ": " + (size() - others));
        }
        for (int attempt = 0; !works() && attempt < ATTEMPTS; attempt++) {
            Thread.sleep(100);
        }
    }

    private boolean works() {
        try {
            peer.put(PREFIX + "works", Product.of(0));
            return peer.get(PREFIX + "works") != null;
        } catch (Exception e) {
            return false;
        }
    }

    @Override
    public void run() throws Exception {
        peer.flush(PREFIX);
    }

    /** All of them; what a library keeps beside them is not counted in thousands. */
    @Override
    public boolean isGone() {
        return size() - others < BESIDE;
    }

    private long size() {
        return (Long) Objects.requireNonNull(redis.call("DBSIZE"));
    }

    @Override
    public void close() {
        peer.close();
        redis.close();
    }
}
