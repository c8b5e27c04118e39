package dev.waxwing.jdbc;

import org.jspecify.annotations.Nullable;

/** An item of which no row can be made, whatever is tried. */
final class UnwritableRowException extends Exception {

    private static final long serialVersionUID = 1L;

    UnwritableRowException(String reason, @Nullable Throwable cause) {
        super(cause == null ? reason : reason + ": " + cause, cause);
    }
}
