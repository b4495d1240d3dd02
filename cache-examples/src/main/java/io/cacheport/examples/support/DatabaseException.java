package io.cacheport.examples.support;

import java.sql.SQLException;

/** The database failed. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(SQLException cause) {
        super(cause);
    }
}
