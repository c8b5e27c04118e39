package dev.waxwing.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Paths of the default file system as text that is the same in every locale, with slashes between
 * names.
 */
final class PathText {

    /*
     * Where names are bytes, the JDK decodes them by the charset of the locale: in a container without one (LC_ALL=C) an
     * accent becomes a U+FFFD, and no text leads back to the file. The URI of a path has the bytes themselves; they are
     * taken as UTF-8 whatever the locale is, so that a partition has the same name in all of them.
     */

    private static final boolean NAMES_ARE_BYTES =
            FileSystems.getDefault().getSeparator().equals("/");

    private PathText() {}

    /** The text of a path; null if its names are no UTF-8, so that no text leads back to it. */
    static @Nullable String of(Path path) {
        requireDefault(path);
        String text = path.toString();
        if (!NAMES_ARE_BYTES) {
            return text.replace('\\', '/');
        }
        if (isAscii(text)) {
            return text;
        }
        String encoded = path.toUri().getRawPath();
        if (!path.isAbsolute()) {
            encoded = encoded.substring(here().toUri().getRawPath().length());
        }
        boolean isDirectory = encoded.endsWith("/") && encoded.length() > 1;
        return decode(isDirectory ? encoded.substring(0, encoded.length() - 1) : encoded);
    }

    /**
     * The text of a path that somebody gives.
     *
     * @throws IllegalArgumentException if it has none
     */
    static String given(Path path) {
        String text = of(path);
        if (text == null) {
            throw new IllegalArgumentException("path " + problem(path));
        }
        return text;
    }

    /** What is wrong with a path that has no text. */
    static String problem(Path path) {
        return "'"
                + path.toUri()
                + "' has a name that is no UTF-8, so that no text leads to it in every locale;"
                + " rename it (convmv does many)";
    }

    /** The path of a text. */
    static Path path(String text) {
        if (!NAMES_ARE_BYTES || isAscii(text)) {
            return Path.of(text);
        }
        Path here = here();
        boolean isAbsolute = text.startsWith("/");
        String encoded = encode(text);
        String uri = isAbsolute ? "file://" + encoded : here.toUri() + encoded;
        Path path = Path.of(java.net.URI.create(uri));
        return isAbsolute ? path : here.relativize(path);
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }

    private static void requireDefault(Path path) {
        FileSystem system = path.getFileSystem();
        if (!system.equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(
                    "path '"
                            + path
                            + "' belongs to file system "
                            + system
                            + "; only files of the default file system can be read");
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static @Nullable String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain =
                    each >= 'a' && each <= 'z'
                            || each >= 'A' && each <= 'Z'
                            || each >= '0' && each <= '9'
                            || "/-._~".indexOf(each) >= 0;
            if (isPlain) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return encoded.toString();
    }
}
