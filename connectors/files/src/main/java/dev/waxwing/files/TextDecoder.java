package dev.waxwing.files;

import dev.waxwing.source.SourceEmitter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Decodes the text of lines. Confined to the thread of its partition. */
final class TextDecoder implements LineDecoder<String> {

    /*
     * The JDK decodes ASCII and other text alike at the speed of memory, but replaces what is
     * malformed. So lines are decoded that way, and only one that has got a U+FFFD is decoded again
     * by the strict and slow way, to tell a replacement from a character that was there.
     */

    private final Charset charset;
    private final MalformedText malformed;

    TextDecoder(ReadOptions options) {
        this.charset = Charset.forName(options.charset());
        this.malformed = options.malformed();
    }

    @Override
    public void decode(LineReader line, SourceEmitter<? super String> out) {
        String text = text(line, out);
        if (text != null) {
            out.emit(text);
        }
    }

    /** The text of a line; null if it was rejected. */
    @Nullable String text(LineReader line, SourceEmitter<?> out) {
        String text = new String(line.bytes(), line.from(), line.length(), charset);
        if (malformed == MalformedText.REJECT) {
            CharacterCodingException cause =
                    malformation(text, line.bytes(), line.from(), line.length());
            if (cause != null) {
                out.reject(text, MalformedRecordException.at(line, problem(charset), cause));
                return null;
            }
        }
        return text;
    }

    /** Whether bytes that have been decoded to {@code text} are malformed and to be rejected. */
    boolean rejects(String text, byte[] bytes, int from, int length) {
        return malformed == MalformedText.REJECT && malformation(text, bytes, from, length) != null;
    }

    /** What is wrong with bytes that have been decoded to {@code text}, or null. */
    private @Nullable CharacterCodingException malformation(
            String text, byte[] bytes, int from, int length) {
        if (text.indexOf('\uFFFD') < 0) {
            return null;
        }
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return null;
        } catch (CharacterCodingException e) {
            return e;
        }
    }

    static String problem(Charset charset) {
        return "its bytes are not "
                + charset
                + "; name the file's charset by withCharset, or use"
                + " withMalformed(MalformedText.REPLACE) to read on with U+FFFD in place of them";
    }
}
