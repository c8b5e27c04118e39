package dev.waxwing.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a poll, which was a success with a body.
 *
 * @param status 2xx
 * @param headers of the answer
 * @param body whole; owned by whoever parses it
 */
public record HttpPage(int status, HttpHeaders headers, byte[] body) {

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
