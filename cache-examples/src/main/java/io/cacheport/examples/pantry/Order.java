package io.cacheport.examples.pantry;

/** An order and how far it is; each change has a higher version. */
public record Order(long id, long itemId, Status status, long version) {

    /** How far it is. */
    public enum Status {
        /** Somebody is at it. */
        ACTIVE,
        /** It is delivered. */
        COMPLETED
    }
}
