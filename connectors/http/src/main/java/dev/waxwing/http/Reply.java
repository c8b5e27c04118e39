package dev.waxwing.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What a server has answered.
 *
 * @param body its beginning, if it is larger than was asked for
 */
record Reply(int status, HttpHeaders headers, byte[] body) {

    private static final int SHOWN_CHARACTERS_MAX = 300;

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** How messages tell it: status and the beginning of the body, on one line. */
    String shown(Secrets secrets) {
        String text =
                secrets.hide(new String(body, StandardCharsets.UTF_8))
                        .replaceAll("\\p{Cntrl}+", " ")
                        .strip();
        if (text.length() > SHOWN_CHARACTERS_MAX) {
            text = text.substring(0, SHOWN_CHARACTERS_MAX) + "...";
        }
        return text.isEmpty() ? "status " + status : "status " + status + " and '" + text + "'";
    }
}
