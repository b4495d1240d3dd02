package io.cacheport.aside;

import java.time.Duration;

/**
 * A load of the value has failed, here or in another process, less than the policy's {@code errorTtl} ago; the loader was
 * not called again. Whose load it was got the loader's own exception.
 *
 * @since 0.1
 */
public final class LoadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String failure;

    LoadFailedException(String failure, Duration errorTtl) {
        super("a load failed with " + failure + " less than " + errorTtl.toMillis()
                + " ms ago, the errorTtl of the policy; the loader was not called");
        this.failure = failure;
    }

    /** The class of what the loader threw. */
    public String failure() {
        return failure;
    }
}
