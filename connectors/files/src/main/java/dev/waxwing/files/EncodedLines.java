package dev.waxwing.files;

import dev.waxwing.sink.PartialWriteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines that wait in memory to be written, and the items of the batch that are none. Confined to
 * the thread of its partition.
 *
 * @param <X> item
 */
final class EncodedLines<X> {

    /** How many bytes are handed to the operating system at once, about. */
    static final int BLOCK_BYTES = 1 << 17;

    private final LineEncoder<? super X> encoder;
    private final byte[] lineEnd;
    private final LineOutput output;
    private int[] failed = new int[4];
    private int failures;
    private int items;
    private @Nullable Exception firstFailure;

    EncodedLines(LineEncoder<? super X> encoder, byte[] lineEnd, MalformedText malformed) {
        this.encoder = encoder;
        this.lineEnd = lineEnd;
        this.output = new LineOutput(BLOCK_BYTES + (1 << 12), malformed);
    }

    /** Forgets the batch before. */
    void begin() {
        output.truncate(0);
        failures = 0;
        items = 0;
        firstFailure = null;
    }

    /** Adds what a file begins with. */
    void addHeader() throws IOException {
        int before = output.length();
        encoder.encodeHeader(output);
        if (output.length() > before) {
            output.write(lineEnd);
        }
    }

    /** What a file begins with, without its line end; empty if with nothing of its own. */
    String header() throws IOException {
        int before = output.length();
        encoder.encodeHeader(output);
        String header =
                new String(
                        output.bytes(), before, output.length() - before, StandardCharsets.UTF_8);
        output.truncate(before);
        return header;
    }

    /** Adds the line of the next item; returns false, and adds nothing, if it cannot be one. */
    boolean add(X item) {
        int before = output.length();
        try {
            encoder.encode(item, output);
            output.write(lineEnd);
            return true;
        } catch (Exception e) {
            output.truncate(before);
            firstFailure = firstFailure == null ? e : firstFailure;
            if (failures == failed.length) {
                failed = Arrays.copyOf(failed, failures * 2);
            }
            failed[failures++] = items;
            return false;
        } finally {
            items++;
        }
    }

    byte[] bytes() {
        return output.bytes();
    }

    int length() {
        return output.length();
    }

    /** All that waits has been written. */
    void written() {
        output.truncate(0);
    }

    /** Names the items of the batch that could not be encoded, if there are any. */
    void throwFailures() throws PartialWriteException {
        if (firstFailure != null) {
            throw new PartialWriteException(Arrays.copyOf(failed, failures), firstFailure);
        }
    }
}
