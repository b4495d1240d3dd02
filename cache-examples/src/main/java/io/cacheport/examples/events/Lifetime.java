package io.cacheport.examples.events;

import java.time.Duration;

/** For how long data is fresh, by how much it matters that it is. */
enum Lifetime {
    /** What is verified, such as payments. */
    SHORT(Duration.ofMinutes(1)),
    /** What is to be seen soon: tickets, lists. */
    MEDIUM(Duration.ofMinutes(5)),
    /** What changes rarely, or may lag. */
    LONG(Duration.ofMinutes(30)),
    /** What hardly changes. */
    EXTENDED(Duration.ofHours(1));

    private final Duration ttl;

    Lifetime(Duration ttl) {
        this.ttl = ttl;
    }

    Duration ttl() {
        return ttl;
    }
}
