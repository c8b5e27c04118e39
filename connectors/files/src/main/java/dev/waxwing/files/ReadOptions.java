package dev.waxwing.files;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of this package have in common; their own {@code with…} methods explain each.
 *
 * @param charset by name, as a charset cannot be serialized
 * @param blockBytes how much is read at a time; tests make it tiny
 */
record ReadOptions(
        int batchItems,
        String charset,
        MalformedText malformed,
        int lineBytesMax,
        int blockBytes,
        Compression compression,
        @Nullable FollowOptions follow)
        implements Serializable {

    static final ReadOptions DEFAULTS =
            new ReadOptions(
                    1_000,
                    StandardCharsets.UTF_8.name(),
                    MalformedText.REJECT,
                    1 << 20,
                    1 << 17,
                    Compression.AUTO,
                    null);

    ReadOptions {
        requireOneOrMore("batchItems", batchItems);
        requireOneOrMore("bytes of the longest line or record", lineBytesMax);
        requireOneOrMore("blockBytes", blockBytes);
        if (lineBytesMax > 1 << 28) {
            throw new IllegalArgumentException(
                    "bytes of the longest line or record must be at most 256 MiB, but was "
                            + lineBytesMax);
        }
        if (follow != null && compression == Compression.GZIP) {
            throw new IllegalArgumentException(
                    "a gzip file cannot be followed; follow the file that is written before it is"
                            + " compressed, or leave out withFollow");
        }
    }

    ReadOptions withBatchItems(int items) {
        return new ReadOptions(
                items, charset, malformed, lineBytesMax, blockBytes, compression, follow);
    }

    ReadOptions withCharset(Charset newCharset) {
        if (!isLineFeedOneByte(newCharset)) {
            throw new IllegalArgumentException(
                    "charset "
                            + newCharset
                            + " does not write a line feed as the single byte 10, so lines cannot"
                            + " be found in it; convert the file to UTF-8 first");
        }
        return new ReadOptions(
                batchItems,
                newCharset.name(),
                malformed,
                lineBytesMax,
                blockBytes,
                compression,
                follow);
    }

    ReadOptions withMalformed(MalformedText choice) {
        return new ReadOptions(
                batchItems, charset, choice, lineBytesMax, blockBytes, compression, follow);
    }

    ReadOptions withLineBytesMax(int bytes) {
        return new ReadOptions(
                batchItems, charset, malformed, bytes, blockBytes, compression, follow);
    }

    ReadOptions withBlockBytes(int bytes) {
        return new ReadOptions(
                batchItems, charset, malformed, lineBytesMax, bytes, compression, follow);
    }

    ReadOptions withCompression(Compression choice) {
        return new ReadOptions(
                batchItems, charset, malformed, lineBytesMax, blockBytes, choice, follow);
    }

    ReadOptions withFollow(@Nullable FollowOptions options) {
        return new ReadOptions(
                batchItems, charset, malformed, lineBytesMax, blockBytes, compression, options);
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8.name());
    }

    private static boolean isLineFeedOneByte(Charset charset) {
        if (!charset.canEncode()) {
            return false;
        }
        byte[] bytes = "\n".getBytes(charset);
        return bytes.length == 1 && bytes[0] == '\n';
    }

    private static void requireOneOrMore(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, but was " + value);
        }
    }
}
