package dev.waxwing.recovery.page;

import java.util.Objects;

/**
 * Encoded changes of many keys of one state.
 *
 * <p>Immutable by agreement: the array is not copied, whoever makes a page gives it away. For the
 * same reason pages are equal only if they share their array.
 *
 * <p>A key is known by its bytes and occurs at most once in a page. If the encoding of keys
 * changes, write a {@link #clearing} page and then all entries anew.
 *
 * @param state that the entries belong to
 * @param keySchema number of the schema of all keys in this page
 * @param valueSchema number of the schema of all values in this page
 * @param entries how many there are; 0 only for a {@link #clearing} page
 * @param data as {@link PageWriter} writes it and {@link PageCursor} reads it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StatePage(StateId state, int keySchema, int valueSchema, int entries, byte[] data) {

    private static final byte[] NOTHING = {};

    /** Does not copy {@code data}. */
    public StatePage {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(data, "data");
        if (entries < 0 || (entries == 0) != (data.length == 0)) {
            throw new IllegalArgumentException(
                    state.asText()
                            + ": a page of "
                            + data.length
                            + " bytes says that it has "
                            + entries
                            + " entries; make pages with PageWriter");
        }
    }

    /**
     * A page that removes every entry its state had before it; pages after it count again.
     *
     * <p>This is how the state of a removed or renamed step is dropped, and how keys are written in
     * a new encoding.
     */
    public static StatePage clearing(StateId state) {
        return new StatePage(state, 0, 0, 0, NOTHING);
    }

    /** Whether this is a {@link #clearing} page. */
    public boolean isClearing() {
        return entries == 0;
    }

    /** Starts before the first entry. */
    public PageCursor cursor() {
        return new PageCursor(this);
    }
}
