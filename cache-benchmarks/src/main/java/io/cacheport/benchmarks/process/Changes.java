package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.List;

/**
 * How long after a change another process's near cache answers the old value for the last time: from right before the change
 * is sent until a read has returned something else. That read's own look into Redis is in it, since there is nothing near
 * any more; with a tag it is two. An expiry is counted from its TTL after the acknowledgment, and as 0 if it was seen before;
 * Redis lets a value live up to a millisecond longer.
 *
 * <p>The kinds take turns, round after round, and each round has a PING of its own, sent while the other process reads as fast
 * as it can: such a round trip is the least that any change could take, and how it varies is noise.
 */
final class Changes implements Suite {

    /** The first is there twice: what it differs from itself is noise. */
    private static final List<String> PEERS =
            List.of("jedis-csc", "lettuce-csc", "jetcache-both", "redisson-localcached", "cacheport", "jedis-csc");

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public String title() {
        return "Changes: until they are seen in another process's near cache";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        return "One other process, which reads the key as fast as it can; from right before the change is sent until a read"
                + " there has returned something else. `never`: not within " + Reading.PATIENCE.toSeconds() + " s.\n\n"
                + "A put by a second instance of the same library, in this process; then puts right before which the server"
                + " cut every client's connection, what was read for longer than " + Reading.PATIENCE.toSeconds()
                + " s being stale for as long as one looks:\n\n"
                + peers(settings)
                + "\nCachePort, by kind of change, of other programs and of another process; a PING in each round is the"
                + " least that any change could take:\n\n"
                + kinds(settings.quick() ? 50 : 2_000, settings.quick() ? 50 : 500);
    }

    private Table peers(RunSettings settings) throws Exception {
        Table table = PeerChanges.table();
        int rounds = settings.quick() ? 50 : 500;
        int cuts = settings.quick() ? 1 : 5;
        try (RedisServer server = RedisServer.start()) {
            long reference = 0;
            for (int i = 0; i < PEERS.size(); i++) {
                String name = PEERS.get(i);
                Progress.say(this, name);
                try (PeerChanges peer = new PeerChanges(Kinds.near(name), server)) {
                    long unusedWarmUp = peer.put(rounds);
                    long median = peer.put(rounds);
                    reference = reference == 0 ? median : reference;
                    peer.cut(cuts);
                    peer.addTo(table, i == PEERS.size() - 1 ? name + "-again" : name, reference);
                }
            }
        }
        return table;
    }

    /** What comes before is not counted: both processes are compiled meanwhile. */
    private Table kinds(int rounds, int warmUp) throws Exception {
        Progress.say(this, "CachePort, by kind of change");
        Table table = ChangeTimes.table();
        try (RedisServer server = RedisServer.start();
                RespClient redis = server.client();
                RedisCacheAdapter cache = NearReader.connect(server.uri());
                ReaderJvm reader = new ReaderJvm(NearReader.class, server.uri())) {
            NearRounds run = new NearRounds(redis, reader, Change.all(redis, cache));
            NearRounds.All unused = run.run(warmUp);
            NearRounds.All all = run.run(rounds);
            all.changes().forEach(one -> one.addTo(table));
            all.pings().addTo(table);
        }
        return table;
    }
}
