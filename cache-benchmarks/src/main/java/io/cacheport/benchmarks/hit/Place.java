package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import java.util.List;

/** Where the values are, and so who is compared. */
public enum Place {
    /** In this process. */
    MEMORY,
    /** In Redis. */
    REDIS,
    /** In this process, in front of Redis. */
    NEAR;

    boolean hasRedis() {
        return this != MEMORY;
    }

    List<PeerKind> kinds() {
        return switch (this) {
            case MEMORY -> Peers.memory();
            case REDIS -> Peers.remote();
            case NEAR -> Peers.near();
        };
    }
}
