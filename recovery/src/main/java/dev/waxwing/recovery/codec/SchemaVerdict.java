package dev.waxwing.recovery.codec;

import java.util.List;

/**
 * Whether what was stored under an old schema can be read as today's type; known before any value
 * is read. Immutable.
 */
public sealed interface SchemaVerdict {

    /** A clause for each change or problem. */
    List<String> changes();

    /** Nothing has changed that matters to the bytes. */
    record Compatible(StateReader reader) implements SchemaVerdict {

        @Override
        public List<String> changes() {
            return List.of();
        }
    }

    /**
     * The type has changed in a way that can be read, if the change is what it looks like: a
     * component that was renamed looks like one that was removed and another that was added.
     *
     * @param changes a clause for each, such as {@code component 'x' of Cart was removed}; empty if
     *     only classes that may have been stored without a declared type are not known any more
     * @param keepsValues whether each value is read as what it was, with no part lost or added, and
     *     is equal to what today's type has of the same number
     */
    record Adapted(StateReader reader, List<String> changes, boolean keepsValues)
            implements SchemaVerdict {

        /** Takes a copy of the changes. */
        public Adapted {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The type has changed in a way that needs a decision.
     *
     * @param problems a clause for each
     */
    record Incompatible(List<String> problems) implements SchemaVerdict {

        /** Takes a copy of the problems. */
        public Incompatible {
            problems = List.copyOf(problems);
        }

        @Override
        public List<String> changes() {
            return problems;
        }

        /**
         * What to tell the user.
         *
         * @param subject such as {@code state 'state' of step 'shop.cart'}
         */
        public String message(String subject) {
            return subject
                    + ": "
                    + String.join("; ", problems)
                    + "; give a migration function or restore the old type";
        }
    }
}
