package io.cacheport.examples.events;

/** A ticket. */
public record Ticket(long id, long eventId, long userId, Status status) {

    /** What can be done with it. */
    public enum Status {
        /** It opens the door. */
        VALID,
        /** It has. */
        USED
    }

    /** What is paid for it; for nobody's eyes. */
    public record Payment(long id, long userId, long ticketId, int cents, String card, String status) {}
}
