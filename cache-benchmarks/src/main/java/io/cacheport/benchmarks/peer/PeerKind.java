package io.cacheport.benchmarks.peer;

import java.time.Duration;
import java.util.List;

/**
 * A library that can be opened.
 *
 * @param name under which it is reported
 * @param idiom how it is used and what its settings are where they are not the common ones, for the report; may be empty
 * @param opener opens it
 */
public record PeerKind(String name, String idiom, Opener opener) {

    /** One whose name says all. */
    public PeerKind(String name, Opener opener) {
        this(name, "", opener);
    }

    /** Opens a library. */
    @FunctionalInterface
    public interface Opener {

        /**
         * A client of its own.
         *
         * @param uri of the Redis; ignored by what needs none
         * @param type of the values
         */
        Peer open(String uri, Class<?> type) throws Exception;
    }

    /** A client of its own that waits so long for an answer, where that can be set. */
    public Peer open(String uri, Class<?> type, Duration timeout) throws Exception {
        return opener.open(RedisAt.with(uri, timeout), type);
    }

    /** The one of that name. */
    public static PeerKind of(List<PeerKind> kinds, String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of "
                        + kinds.stream().map(PeerKind::name).toList()));
    }
}
