package io.cacheport.examples.jobs;

/**
 * A list that is cleaned.
 *
 * @param progress percent
 */
public record Job(long id, long userId, Kind kind, Status status, int progress) {

    /** What is in the list. */
    public enum Kind {
        /** Names. */
        NAME,
        /** Telephone numbers. */
        PHONE,
        /** Addresses. */
        ADDRESS
    }

    /** How far it is. */
    public enum Status {
        /** Nobody works on it. */
        PENDING,
        /** It runs. */
        PROCESSING,
        /** There is a result. */
        COMPLETED
    }
}
