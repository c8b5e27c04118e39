package dev.waxwing.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to a poll, which was a success with a body.
 *
 * @param status 2xx
 * @param headers of the answer
 * @param body whole, without its content coding; owned by the parser
 */
public record HttpPage(int status, HttpHeaders headers, byte[] body) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

    /**
     * The body as text, in the character set that the answer names, else in UTF-8; a byte order
     * mark is left out.
     *
     * @throws IllegalArgumentException if the character set is unknown, or the body is not text in
     *     it; {@link #body} has its bytes
     */
    public String text() {
        Charset charset = charset();
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "the page is not text in " + charset + ", as the answer says it is", e);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Charset charset() {
        Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
        if (!named.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(named.group(1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the answer names the character set '"
                            + named.group(1)
                            + "', which this JVM does not have",
                    e);
        }
    }
}
