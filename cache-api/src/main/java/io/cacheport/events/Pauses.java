package io.cacheport.events;

/** Waits. */
interface Pauses {

    /** So long, or until it is closed; false then. */
    boolean pause(long nanos);
}
