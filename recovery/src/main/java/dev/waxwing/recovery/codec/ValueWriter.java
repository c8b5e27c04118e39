package dev.waxwing.recovery.codec;

import org.jspecify.annotations.Nullable;

/** Writes values of one schema. Immutable. */
interface ValueWriter {

    void write(ByteOutput out, Object value);

    default void writeNullable(ByteOutput out, @Nullable Object value) {
        if (value == null) {
            out.writeByte(0);
        } else {
            out.writeByte(1);
            write(out, value);
        }
    }
}
