package dev.waxwing.recovery.codec;

import org.jspecify.annotations.Nullable;

/** Reads what a {@link ValueWriter} of one schema wrote. Immutable. */
interface ValueReader {

    Object read(ByteInput in);

    default @Nullable Object readNullable(ByteInput in) {
        int mark = in.readByte();
        if (mark > 1) {
            throw in.damaged("a value or null");
        }
        return mark == 0 ? null : read(in);
    }
}
