package dev.waxwing.engine.worker;

import org.jspecify.annotations.Nullable;

/**
 * A position that a partition has returned, which must not change any more: it is stored later, and
 * a live one would be ahead of what has been read by then.
 */
record TakenPosition(@Nullable Object position, int hash) {

    static final TakenPosition NONE = new TakenPosition(null, 0);

    static TakenPosition of(@Nullable Object position) {
        return position == null ? NONE : new TakenPosition(position, position.hashCode());
    }

    /** The position, if it is what it was. */
    @Nullable Object unchanged() {
        if (position != null && position.hashCode() != hash) {
            throw new ChangedException(position);
        }
        return position;
    }

    /** Thrown for a live position; no second attempt makes it better. */
    static final class ChangedException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        ChangedException(Object position) {
            super(
                    "a position that snapshot returned has changed since, a "
                            + position.getClass().getName()
                            + "; positions must not change, return a copy each time");
        }
    }
}
