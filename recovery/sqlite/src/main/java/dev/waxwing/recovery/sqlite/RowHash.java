package dev.waxwing.recovery.sqlite;

import java.nio.charset.StandardCharsets;

/** Hashes of rows that can be added up: any change of a field changes nearly half of the bits. */
final class RowHash {

    private static final long NULL = 0x5851f42d4c957f2dL;
    private static final long TEXT = 0x14057b7ef767814fL;
    private static final long BYTES = 0x2545f4914f6cdd1dL;
    private static final long OTHER = 0x3c79ac492ba7b653L;

    private RowHash() {}

    /**
     * The hash of a row.
     *
     * @param table keeps rows of different tables apart
     * @param fields whole numbers, texts and arrays of bytes; whatever else a damaged file has is
     *     taken as its text, and differs from them
     */
    static long of(String table, Object... fields) {
        long hash = text(fields.length, table);
        for (Object field : fields) {
            if (field == null) {
                hash = mix(hash ^ NULL);
            } else if (field instanceof Long || field instanceof Integer) {
                hash = mix(hash ^ ((Number) field).longValue());
            } else if (field instanceof String text) {
                hash = text(hash ^ TEXT, text);
            } else if (field instanceof byte[] bytes) {
                hash = bytes(hash ^ BYTES, bytes);
            } else {
                hash = text(hash ^ OTHER, field.toString());
            }
        }
        return hash;
    }

    private static long text(long start, String text) {
        return bytes(start, text.getBytes(StandardCharsets.UTF_8));
    }

    private static long bytes(long start, byte[] bytes) {
        long hash = mix(start ^ bytes.length);
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = word << 8 | bytes[i] & 0xff;
            if ((i & 7) == 7) {
                hash = mix(hash ^ word);
                word = 0;
            }
        }
        return mix(hash ^ word);
    }

    /* The finalizer of SplitMix64, shifted so that zero does not stay zero. */
    private static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
