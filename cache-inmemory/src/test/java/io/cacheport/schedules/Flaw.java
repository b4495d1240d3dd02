package io.cacheport.schedules;

/** What a near cache could do wrong. Each has to be seen. */
enum Flaw {
    /** As it is. */
    NONE,
    /** The place for a copy is taken when the answer is there. */
    PLACE_TAKEN_LATE,
    /** A message removes a copy, but leaves the place for one. */
    PLACE_KEPT,
    /** What this process changes is left near. */
    OWN_CHANGE_UNSEEN,
    /** A message that everything is gone is not understood. */
    FLUSH_UNSEEN,
    /** A copy is served however long nothing was proven. */
    UNBOUNDED,
    /** The next connection proves what was copied over the last. */
    LOST_PROOF_HOLDS,
    /** Reads before the server tracks them count as tracked. */
    ARMED_EARLY,
    /** The TTL is counted from when the answer came. */
    TTL_FROM_ANSWER,
    /** An answered question proves what was said until it was answered here, not until it was asked. */
    PROVEN_FROM_ANSWER,
    /** A value with tags is served though its tags are not known near. */
    TAGS_UNSEEN
}
