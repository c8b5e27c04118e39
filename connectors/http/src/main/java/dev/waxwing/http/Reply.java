package dev.waxwing.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What a server has answered.
 *
 * @param body its beginning, if it is larger than was asked for; in its content coding
 */
record Reply(URI address, int status, HttpHeaders headers, byte[] body) {

    private static final int SHOWN_CHARACTERS_MAX = 300;
    private static final int SHOWN_BYTES_MAX = 4_096;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * The body without its content coding.
     *
     * @param bytesMax the bytes to decode at most; one more tells that there are more
     * @throws IOException if the coding is unknown, damaged or cut
     */
    byte[] content(int bytesMax) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ContentDecoder decoder = ContentDecoder.of(headers)) {
            decoder.decode(
                    body,
                    piece -> {
                        int room = bytesMax + 1 - content.size();
                        content.write(piece, 0, Math.min(room, piece.length));
                        return piece.length < room;
                    });
            if (content.size() <= bytesMax && !decoder.isWhole()) {
                throw new IOException("the answer ends within its content coding");
            }
        }
        return content.toByteArray();
    }

    /** How messages tell it: status, where it leads, and the beginning of the body, on one line. */
    String shown(Secrets secrets) {
        String text = secrets.hide(text()).replaceAll("\\p{Cntrl}+", " ").strip();
        if (text.length() > SHOWN_CHARACTERS_MAX) {
            text = text.substring(0, SHOWN_CHARACTERS_MAX) + "...";
        }
        String shown =
                "status " + status + secrets.hide(Address.redirect(address, status, headers));
        return text.isEmpty() ? shown : shown + " and '" + text + "'";
    }

    private String text() {
        try {
            return new String(content(SHOWN_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
