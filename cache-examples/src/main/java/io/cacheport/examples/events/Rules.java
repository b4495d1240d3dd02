package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;

/** What a change makes old, in one place; all processes hear of it. */
final class Rules {

    private Rules() {}

    /**
     * The rules, at work until they are closed.
     *
     * <p>That an event's own key is not among what its change makes old is intentional: whoever changes an event stores it by its
     * version ({@link TicketingService}), and a removal in between would let an older version in.
     */
    static Invalidations start(CacheServicePort cache, Views views) {
        return Invalidations.over(cache, "ticketing")
                .on(
                        Change.OfEvent.class,
                        "event",
                        change -> Invalidation.keys(views.analytics().keyOf(change.eventId()))
                                .andPatterns(Prefix.EVENT_LIST.pattern()))
                .on(
                        Change.OfTicket.class,
                        "ticket",
                        change -> Invalidation.keys(
                                views.tickets().keyOf(change.ticketId()),
                                views.validTicketsOfUser().keyOf(change.userId()),
                                views.newestTicketsOfEvent().keyOf(change.eventId()),
                                views.analytics().keyOf(change.eventId())))
                .on(
                        Change.OfPayment.class,
                        "payment",
                        change -> Invalidation.keys(
                                views.payments().keyOf(change.paymentId()),
                                views.paymentsOfUser().keyOf(change.userId())))
                .on(
                        Change.OfUser.class,
                        "user",
                        change -> Invalidation.keys(
                                views.users().keyOf(change.userId()),
                                views.validTicketsOfUser().keyOf(change.userId()),
                                views.paymentsOfUser().keyOf(change.userId())))
                .start();
    }
}
