package dev.waxwing.recovery.page;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteInput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a page. Confined to one thread.
 *
 * <p>Keys and values are ranges of {@code page().data()}; {@link #key} and {@link #value} copy
 * them.
 */
public final class PageCursor {

    private final StatePage page;
    private final ByteInput input;

    // written by the confined thread
    private int position;
    private int entryOffset;
    private int keyOffset;
    private int keyLength;
    private int valueOffset;
    private int valueLength;

    PageCursor(StatePage page) {
        this.page = page;
        this.input = new ByteInput(page.data());
    }

    /**
     * Goes to the next entry.
     *
     * @return false after the last one
     * @throws RecoveryException if the page is damaged
     */
    public boolean next() {
        if (position == page.entries()) {
            if (input.remaining() != 0) {
                throw new RecoveryException(
                        page.state().asText()
                                + ": a page has bytes after its last entry; it is"
                                + " damaged, restore the store from a copy");
            }
            return false;
        }
        entryOffset = input.position();
        keyLength = input.readLength();
        keyOffset = input.position();
        input.skip(keyLength);
        valueLength = input.readNullableLength();
        valueOffset = input.position();
        input.skip(Math.max(0, valueLength));
        position++;
        return true;
    }

    /** The page that is walked over. */
    public StatePage page() {
        return page;
    }

    /** Where the key begins in the page's data. */
    public int keyOffset() {
        return keyOffset;
    }

    /** Bytes of the key. */
    public int keyLength() {
        return keyLength;
    }

    /** Where the value begins in the page's data. */
    public int valueOffset() {
        return valueOffset;
    }

    /** Bytes of the value; -1 if the entry removes the key. */
    public int valueLength() {
        return valueLength;
    }

    /** Whether the entry removes the key. */
    public boolean isRemoval() {
        return valueLength < 0;
    }

    /** A copy of the key. */
    public byte[] key() {
        return Arrays.copyOfRange(page.data(), keyOffset, keyOffset + keyLength);
    }

    /** A copy of the value; null if the entry removes the key. */
    public byte @Nullable [] value() {
        return valueLength < 0
                ? null
                : Arrays.copyOfRange(page.data(), valueOffset, valueOffset + valueLength);
    }

    int entryOffset() {
        return entryOffset;
    }

    int entryLength() {
        return valueOffset + Math.max(0, valueLength) - entryOffset;
    }
}
