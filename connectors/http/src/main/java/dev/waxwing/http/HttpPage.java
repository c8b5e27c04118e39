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

    /** A parameter; what is in quotes may hold what looks like another. */
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;\"]*)");

    /**
     * The body as text, in the character set that the answer names, else in UTF-8; a byte order
     * mark is left out.
     *
     * @throws IllegalArgumentException if the character set is unknown, or the body is not text in
     *     it; {@link #body} has its bytes
     */
    public String text() {
        String named = charsetName();
        Charset charset = named.isEmpty() ? StandardCharsets.UTF_8 : charset(named);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "the page is not text in "
                            + charset
                            + (named.isEmpty()
                                    ? ", and the answer names no character set; decode body()"
                                    : ", as the answer says it is"),
                    e);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /* Empty if there is none. Some servers put it in single quotes, which are no quotes of HTTP. */
    private String charsetName() {
        Matcher parameter = PARAMETER.matcher(headers.firstValue("Content-Type").orElse(""));
        while (parameter.find()) {
            if (parameter.group(1).equalsIgnoreCase("charset")) {
                return parameter.group(2).replaceAll("^[\\s\"']+|[\\s\"']+$", "");
            }
        }
        return "";
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the answer names the character set '"
                            + name
                            + "', which this JVM does not have; decode body()",
                    e);
        }
    }
}
