package io.cacheport.examples.events;

/** A person; for nobody's eyes. */
public record User(long id, String name, String email) {

    /** Who brought how many others. */
    public record Referrer(long userId, long referrals) {}
}
