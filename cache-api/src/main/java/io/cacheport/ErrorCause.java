package io.cacheport;

import java.util.Locale;

/**
 * Why a cache operation failed: a closed set, so that it can be a metric tag and a key to a runbook.
 *
 * @since 0.1
 */
public enum ErrorCause {
    /** No connection, connection lost, or the server says it cannot serve now (loading, cluster down, busy). */
    UNAVAILABLE,
    /** No answer within the time budget. Whether a write took effect is unknown. */
    TIMEOUT,
    /** The server refused a write: out of memory, read-only, not permitted. */
    REFUSED,
    /** The server does not accept the user or password, or they may not read. */
    CREDENTIALS,
    /** The stored bytes are not a value of the type asked for. */
    UNREADABLE,
    /** The key holds something that is not a value, such as a list. */
    WRONG_TYPE,
    /** The value is another key's: replies were mixed up on the way, or someone copied it. */
    WRONG_KEY,
    /** The encoded value is above the size limit. */
    TOO_LARGE,
    /** A value has no encoding. */
    UNENCODABLE,
    /** The calling thread was interrupted; its flag is still set. */
    INTERRUPTED,
    /** The cache was closed. */
    CLOSED,
    /** Anything else; a bug report is welcome. */
    OTHER;

    /** The name as a metric tag: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
