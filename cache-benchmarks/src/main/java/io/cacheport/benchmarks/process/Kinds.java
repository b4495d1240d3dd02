package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import java.time.Duration;
import java.util.stream.Stream;

/** Every library by a name of its own, for a {@link ChildJvm} can be told nothing else. */
final class Kinds {

    private static final String NEAR = "near:";
    private static final String MEMORY = "memory:";

    /** A timeout for what is only correct if nothing fails, on a machine with much else to do. */
    static final Duration PATIENT = Duration.ofSeconds(5);

    private Kinds() {}

    /** The one that is called so among those with memory in front of a Redis. */
    static String near(String name) {
        return NEAR + name;
    }

    /** The one that is called so among those in memory. */
    static String memory(String name) {
        return MEMORY + name;
    }

    /** Whether it is one of those. */
    static boolean isNear(String name) {
        return name.startsWith(NEAR);
    }

    /** As in the report. */
    static String title(String name) {
        if (isNear(name)) {
            return name.substring(NEAR.length()) + " near";
        }
        return name.startsWith(MEMORY) ? name.substring(MEMORY.length()) : name;
    }

    /** Fails if there is none of that name; one without a prefix is remote. */
    static PeerKind of(String name) {
        if (isNear(name)) {
            return PeerKind.of(Peers.near(), name.substring(NEAR.length()));
        }
        if (name.startsWith(MEMORY)) {
            return PeerKind.of(Peers.memory(), name.substring(MEMORY.length()));
        }
        return Stream.concat(Stream.of(OneFuture.KIND, Peers.springKeys()), Peers.remote().stream())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseGet(() -> PeerKind.of(Peers.remote(), name)); // which says that there is none
    }
}
