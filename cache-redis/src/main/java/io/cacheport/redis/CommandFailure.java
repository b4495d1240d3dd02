package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A command did not succeed. The one place where what Lettuce and Redis say becomes a cause of ours. Carries no stack
 * trace of its own: it never leaves the package, and a dead Redis makes many.
 */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What a server says that is not the master it is taken for. */
    private static final String READ_ONLY = "READONLY";

    private final ErrorCause errorCause;
    private final boolean executed;

    private CommandFailure(ErrorCause errorCause, boolean executed, @Nullable Throwable cause) {
        super(null, cause, false, false);
        this.errorCause = errorCause;
        this.executed = executed;
    }

    ErrorCause errorCause() {
        return errorCause;
    }

    /** Whether the server may have executed the command. */
    boolean mayHaveRun() {
        return executed;
    }

    /** Whether the server said that it is not a master. */
    boolean isFromReplica() {
        return getCause() instanceof RedisCommandExecutionException said
                && Objects.requireNonNullElse(said.getMessage(), "").startsWith(READ_ONLY);
    }

    /** Whether it says that the server cannot serve, rather than something about a value, a caller or one write. */
    boolean isOfTheNode() {
        return switch (errorCause) {
            case UNAVAILABLE, TIMEOUT, CREDENTIALS -> true;
            case REFUSED, UNREADABLE, WRONG_TYPE, WRONG_KEY, TOO_LARGE, UNENCODABLE, INTERRUPTED, CLOSED, OTHER ->
                false;
        };
    }

    /** Whether it says nothing about the server, good or bad. */
    boolean isOfTheCaller() {
        return switch (errorCause) {
            case INTERRUPTED, CLOSED, OTHER -> true;
            case UNAVAILABLE,
                    TIMEOUT,
                    CREDENTIALS,
                    REFUSED,
                    UNREADABLE,
                    WRONG_TYPE,
                    WRONG_KEY,
                    TOO_LARGE,
                    UNENCODABLE -> false;
        };
    }

    static CommandFailure notConnected() {
        return new CommandFailure(ErrorCause.UNAVAILABLE, false, null);
    }

    /** The node's circuit is open, so it was not asked. */
    static CommandFailure circuitOpen() {
        return new CommandFailure(ErrorCause.UNAVAILABLE, false, null);
    }

    /** An invalidation of the key is still to be made, so what the server has may be old. */
    static CommandFailure journaled() {
        return new CommandFailure(ErrorCause.UNAVAILABLE, false, null);
    }

    static CommandFailure closed() {
        return new CommandFailure(ErrorCause.CLOSED, false, null);
    }

    static CommandFailure interrupted(InterruptedException cause) {
        return new CommandFailure(ErrorCause.INTERRUPTED, true, cause);
    }

    static CommandFailure of(Throwable failure, boolean write) {
        if (failure instanceof TimeoutException || failure instanceof RedisCommandTimeoutException) {
            return new CommandFailure(ErrorCause.TIMEOUT, true, failure);
        }
        if (failure instanceof RedisLoadingException || failure instanceof RedisBusyException) {
            return new CommandFailure(ErrorCause.UNAVAILABLE, false, failure);
        }
        if (failure instanceof RedisCommandExecutionException) {
            return new CommandFailure(answered(failure, write), false, failure);
        }
        String message = Objects.requireNonNullElse(failure.getMessage(), "").toLowerCase(Locale.ROOT);
        // not connected, or too many commands without an answer: Lettuce did not take it
        if (message.contains("commands are rejected")
                || message.contains("commands are not accepted")
                || failure instanceof RedisConnectionException) {
            return new CommandFailure(ErrorCause.UNAVAILABLE, false, failure);
        }
        // what is left of Lettuce's own: connection closed or reset, no node for a slot
        if (failure instanceof RedisException
                || failure instanceof IOException
                || failure instanceof CancellationException) {
            return new CommandFailure(ErrorCause.UNAVAILABLE, true, failure);
        }
        return new CommandFailure(ErrorCause.OTHER, true, failure);
    }

    /** Why a server could not be connected to. */
    static ErrorCause whyUnreachable(Throwable failure) {
        ErrorCause said = of(failure, false).errorCause();
        return said == ErrorCause.OTHER ? ErrorCause.UNAVAILABLE : said;
    }

    /** What INCRBY says, within what a script says before Redis 7. */
    private static ErrorCause aboutANumber(String message) {
        if (message.contains("value is not an integer")) {
            return ErrorCause.WRONG_TYPE;
        }
        return message.contains("would overflow") ? ErrorCause.REFUSED : ErrorCause.OTHER;
    }

    /** By the word that begins every error of Redis. */
    private static ErrorCause answered(Throwable failure, boolean write) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        int end = message.indexOf(' ');
        return switch (end < 0 ? message : message.substring(0, end)) {
            case "OOM", READ_ONLY, "MISCONF", "NOREPLICAS" -> ErrorCause.REFUSED;
            case "NOPERM" -> write ? ErrorCause.REFUSED : ErrorCause.CREDENTIALS;
            case "NOAUTH", "WRONGPASS" -> ErrorCause.CREDENTIALS;
            // a password for a server that has none, over RESP2
            case "ERR" -> message.startsWith("ERR AUTH ") ? ErrorCause.CREDENTIALS : aboutANumber(message);
            case "WRONGTYPE" -> ErrorCause.WRONG_TYPE;
            case "LOADING", "BUSY", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "MOVED", "ASK" -> ErrorCause.UNAVAILABLE;
            default -> ErrorCause.OTHER;
        };
    }
}
