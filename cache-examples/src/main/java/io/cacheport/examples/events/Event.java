package io.cacheport.examples.events;

import java.time.Instant;

/**
 * Something to go to.
 *
 * @param sold tickets
 * @param hidden whether it was taken out of the programme
 * @param version one more with each change
 */
public record Event(
        long id,
        String title,
        String description,
        State state,
        Kind kind,
        Instant starts,
        int cents,
        int capacity,
        int sold,
        boolean hidden,
        long version) {

    /** Where it is; these are the major ones. */
    public enum State {
        /** Lagos. */
        LAGOS,
        /** The capital. */
        ABUJA,
        /** Rivers. */
        RIVERS,
        /** Kano. */
        KANO,
        /** Oyo. */
        OYO
    }

    /** What it is. */
    public enum Kind {
        /** Music. */
        CONCERT,
        /** Sport. */
        SPORT,
        /** Theatre. */
        THEATRE
    }

    /** What a list shows of it: nothing that changes with each ticket. */
    public record Summary(long id, String title, Instant starts, int cents) {}

    /**
     * One page of a list.
     *
     * @param page from 1
     */
    public record Page(State state, Kind kind, int page) {

        /** Events on a page. */
        public static final int SIZE = 20;

        String text() {
            return "state:" + state + ":type:" + kind + ":page:" + page;
        }
    }

    /** What its organiser asks. */
    public record Analytics(long eventId, long tickets, long used, long cents) {}
}
