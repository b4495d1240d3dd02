package io.cacheport.events;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import java.util.List;
import java.util.function.Function;

/** The caches that rules are applied to: the one that all processes share, and this process' own. */
final class Targets {

    private final CacheServicePort shared;
    private final List<CacheServicePort> own;

    Targets(CacheServicePort cache, List<CacheServicePort> own) {
        this.shared = cache.strict(); // which says whether it was done
        this.own = List.copyOf(own);
    }

    boolean hasOwn() {
        return !own.isEmpty();
    }

    /**
     * Applies all rules to all caches; false if a rule threw or a removal has not reached the store, though it may be kept.
     */
    <E> boolean applyAll(EventType<E> type, E event) {
        boolean all = true;
        for (Function<? super E, Invalidation> rule : type.rules()) {
            try {
                all &= apply(rule, event, false);
            } catch (RuntimeException | Error ofTheRule) {
                all = false; // it is tried again where the event arrives, here too
            }
        }
        return all;
    }

    /** False if a removal has not reached a store; what the rule throws passes. */
    <E> boolean apply(Function<? super E, Invalidation> rule, E event, boolean ownOnly) {
        Invalidation invalidation = rule.apply(event);
        if (invalidation == null) {
            throw new IllegalStateException("the rule returned null: it is to return Invalidation.none()");
        }
        boolean done = true;
        for (CacheServicePort cache : own) {
            done &= isDone(invalidation, cache);
        }
        return (ownOnly || isDone(invalidation, shared)) && done;
    }

    private static boolean isDone(Invalidation invalidation, CacheServicePort cache) {
        try {
            invalidation.applyTo(cache);
            return true;
        } catch (CacheException ill) {
            return false; // which keeps what it could not remove
        }
    }

    void clearOwn() {
        own.forEach(CacheServicePort::clear);
    }
}
