package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import io.cacheport.benchmarks.peer.WatchedPeers;
import java.util.List;

/** Where the values are, and so who is compared. */
public enum Place {
    /** In this process. */
    MEMORY("in memory"),
    /** In Redis. */
    REDIS("Redis"),
    /** In this process, in front of Redis. */
    NEAR("near"),
    /** In this process, with nothing but CachePort compared. */
    WATCHED_MEMORY("in memory"),
    /** In Redis, with nothing but CachePort compared. */
    WATCHED_REDIS("Redis");

    private final String says;

    Place(String says) {
        this.says = says;
    }

    String says() {
        return says;
    }

    boolean hasRedis() {
        return isRemote() || this == NEAR;
    }

    /** Whether each call goes to Redis, and so is long enough to be timed. */
    boolean isRemote() {
        return this == REDIS || this == WATCHED_REDIS;
    }

    List<PeerKind> kinds() {
        return switch (this) {
            case MEMORY -> Peers.memory();
            case REDIS -> Peers.remote();
            case NEAR -> Peers.near();
            case WATCHED_MEMORY -> WatchedPeers.memory();
            case WATCHED_REDIS -> WatchedPeers.redis();
        };
    }
}
