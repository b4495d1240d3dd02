package io.cacheport.lock;

import io.cacheport.ErrorCause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step to take a lock.
 *
 * @since 0.1
 */
public sealed interface LockAnswer {

    /**
     * It is held by the token now.
     *
     * @param fencing above that of every grant of the name before
     */
    record Granted(long fencing) implements LockAnswer {}

    /**
     * Another token has it.
     *
     * @param remaining of its lease, null if not known
     */
    record Taken(@Nullable Duration remaining) implements LockAnswer {}

    /**
     * It was asked for and no answer came: it may have been taken, or may yet be.
     *
     * @param cause why there is no answer
     */
    record Unknown(ErrorCause cause) implements LockAnswer {}
}
