package io.cacheport.examples.events;

/** Something that happened, and that all processes have to know. */
sealed interface Change {

    /** An event is new, other than it was, or gone. */
    record OfEvent(long eventId) implements Change {}

    /** A ticket was bought or used. */
    record OfTicket(long ticketId, long userId, long eventId) implements Change {}

    /** A payment is new, or has another status. */
    record OfPayment(long paymentId, long userId) implements Change {}

    /** What is known of a user is other than it was. */
    record OfUser(long userId) implements Change {}
}
