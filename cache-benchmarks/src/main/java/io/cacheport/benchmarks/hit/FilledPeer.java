package io.cacheport.benchmarks.hit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.testkit.server.RespClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A library that has stored a value under each key, and has been seen to give it back. */
@State(Scope.Benchmark)
public class FilledPeer {

    /** The system property that names the Redis. */
    static final String URI_PROPERTY = "cacheport.benchmarks.redis";

    private static final int KEYS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** From here on, the name under which it is reported, where it is and what it stores. */
    @Param("")
    public String name = "";

    @Param("MEMORY")
    public Place place = Place.MEMORY;

    @Param("PRODUCT")
    public Stored stored = Stored.PRODUCT;

    private final String uri = System.getProperty(URI_PROPERTY, "");
    private List<String> keys = List.of();
    private @Nullable Peer peer;

    /** Opens and fills it. */
    @Setup(Level.Trial)
    public void fill() throws Exception {
        if (place.hasRedis()) {
            URI at = URI.create(uri);
            try (RespClient redis = RespClient.connect(at.getHost(), at.getPort())) {
                redis.call("FLUSHALL");
            }
        }
        Peer opened = PeerKind.of(place.kinds(), name).opener().open(uri, stored.type());
        peer = opened;
        keys = IntStream.range(0, KEYS).mapToObj(stored::keyOf).toList();
        for (int id = 0; id < KEYS; id++) {
            opened.put(keys.get(id), stored.of(id));
        }
        for (int id = 0; id < KEYS; id++) {
            check(opened, id);
        }
        if (place == Place.NEAR) {
            bringNear(opened);
        }
    }

    /** A library may write in the background. */
    private void check(Peer opened, int id) throws Exception {
        long start = System.nanoTime();
        Object expected = stored.of(id);
        Object found = opened.get(keys.get(id));
        while (!expected.equals(decoded(found))) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(name + " gives " + (found == null ? "nothing" : found.getClass())
                        + " instead of what was stored under " + keys.get(id));
            }
            found = opened.get(keys.get(id));
        }
    }

    private @Nullable Object decoded(@Nullable Object found) throws Exception {
        return found instanceof byte[] bytes ? new ObjectMapper().readValue(bytes, stored.type()) : found;
    }

    /** Reads all until that asks Redis for no value any more, which may take until changes are heard of. */
    private void bringNear(Peer opened) throws Exception {
        long start = System.nanoTime();
        try (CommandCounts counts = new CommandCounts(uri)) {
            Map<String, Long> calls;
            do {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IllegalStateException(name + " does not keep the values near");
                }
                counts.begin();
                for (String key : keys) {
                    Object unused = opened.get(key);
                }
                calls = counts.calls();
                calls.keySet().removeAll(List.of("ping", "client|tracking"));
            } while (!calls.isEmpty());
        }
    }

    Peer peer() {
        return requireNonNull(peer);
    }

    List<String> keys() {
        return keys;
    }

    /** A value that a loader can answer at once. */
    Object any() {
        return stored.of(0);
    }

    /** Ends it. */
    @TearDown(Level.Trial)
    public void close() {
        peer().close();
    }
}
