package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;

/** Decodes values that were encoded under one schema. Immutable, thread-safe. */
public final class StateReader {

    private final ValueReader reader;

    StateReader(ValueReader reader) {
        this.reader = reader;
    }

    /**
     * Decodes a whole array.
     *
     * @throws RecoveryException if the bytes are not exactly one encoded value
     */
    public Object decode(byte[] data) {
        return decode(data, 0, data.length);
    }

    /**
     * Decodes a range of an array.
     *
     * @throws RecoveryException if the bytes are not exactly one encoded value
     */
    public Object decode(byte[] data, int offset, int length) {
        ByteInput in = new ByteInput(data, offset, length);
        Object value;
        try {
            value = reader.read(in);
        } catch (RecoveryException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RecoveryException(
                    "stored bytes are damaged, or a class has changed what it accepts ("
                            + JsonText.shortened(e.toString())
                            + "); restore the store from a copy, or give a migration function",
                    e);
        }
        if (in.remaining() != 0) {
            throw in.damaged("the end");
        }
        return value;
    }
}
