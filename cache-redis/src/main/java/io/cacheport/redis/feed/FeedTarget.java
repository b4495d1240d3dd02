package io.cacheport.redis.feed;

import io.lettuce.core.RedisURI;
import java.util.BitSet;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The servers to listen to. Answers without waiting. */
public interface FeedTarget {

    /** Every server there is now, each by a text that stays the same. */
    Collection<String> nodes();

    /** How to get to one. */
    RedisURI uriOf(String node);

    /** Which slots one has; all of them where there is only one. */
    BitSet slotsOf(String node);

    /**
     * A key that only this server can be asked for, so that it answers as long as it is what it was; null where there is only
     * one, to which another server is reached by another connection.
     */
    byte @Nullable [] probeOf(String node);

    /** The target, for logs. */
    @Override
    String toString();
}
