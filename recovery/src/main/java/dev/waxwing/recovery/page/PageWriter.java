package dev.waxwing.recovery.page;

import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.Schemas;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects changes of one state into pages. Confined to one thread; reusable.
 *
 * <p>Add entries until {@link #isFull}, take the page with {@link #toPage}, go on.
 */
public final class PageWriter {

    /** A writer with this many entries is full. */
    public static final int MAX_ENTRIES = 1_000;

    /** A writer with this many bytes is full, however few its entries. */
    public static final int MAX_BYTES = 1 << 20;

    private final StateId state;
    private final int keySchema;
    private final int valueSchema;

    // written by the confined thread
    private final ByteOutput output = new ByteOutput();
    private int entries;

    /**
     * @param keySchema as {@link Schemas#schemaId} told, the same for all keys
     * @param valueSchema as {@link Schemas#schemaId} told, the same for all values
     */
    public PageWriter(StateId state, int keySchema, int valueSchema) {
        this.state = Objects.requireNonNull(state, "state");
        this.keySchema = keySchema;
        this.valueSchema = valueSchema;
    }

    /** Adds a change; the arrays are copied. */
    public void add(byte[] key, byte[] value) {
        output.writeVarInt(key.length);
        output.write(key, 0, key.length);
        output.writeVarInt(value.length + 1);
        output.write(value, 0, value.length);
        entries++;
    }

    /** Adds a change; what the outputs hold is copied. */
    public void add(ByteOutput key, ByteOutput value) {
        writeKey(key.array(), 0, key.size());
        output.writeVarInt(value.size() + 1);
        output.write(value.array(), 0, value.size());
        entries++;
    }

    /** Adds the removal of a key; the array is copied. */
    public void remove(byte[] key) {
        writeKey(key, 0, key.length);
        output.writeVarInt(0);
        entries++;
    }

    /** Adds the removal of a key; what the output holds is copied. */
    public void remove(ByteOutput key) {
        writeKey(key.array(), 0, key.size());
        output.writeVarInt(0);
        entries++;
    }

    /** Adds the entry on which a cursor stands, as it is. */
    public void add(PageCursor entry) {
        output.write(entry.page().data(), entry.entryOffset(), entry.entryLength());
        entries++;
    }

    /** Whether the entries of a page are encoded as those of this writer. */
    public boolean accepts(StatePage page) {
        return page.keySchema() == keySchema && page.valueSchema() == valueSchema;
    }

    /** Entries added since the last page was taken. */
    public int entries() {
        return entries;
    }

    /** Bytes that the next page will have. */
    public int bytes() {
        return output.size();
    }

    /** Whether the page should be taken; adding more is allowed, but makes for a slow restore. */
    public boolean isFull() {
        return entries >= MAX_ENTRIES || output.size() >= MAX_BYTES;
    }

    /**
     * Takes what was added as a page and starts the next one.
     *
     * @throws IllegalStateException if nothing was added
     */
    public StatePage toPage() {
        if (entries == 0) {
            throw new IllegalStateException(
                    state.asText()
                            + ": no entry was added; take a page only if entries() is not 0");
        }
        StatePage page =
                new StatePage(
                        state,
                        keySchema,
                        valueSchema,
                        entries,
                        Arrays.copyOf(output.array(), output.size()));
        output.reset();
        entries = 0;
        return page;
    }

    private void writeKey(byte[] data, int offset, int length) {
        output.writeVarInt(length);
        output.write(data, offset, length);
    }
}
