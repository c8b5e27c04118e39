package dev.waxwing.http;

import dev.waxwing.internal.LastingErrors;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must be in no message: the values of headers, and the address behind its host, where tokens
 * are found in paths and queries alike. Immutable.
 */
final class Secrets {

    /* Shorter pieces would hide half of any text; as the whole value of a header they count, too. */
    private static final int PIECE_CHARACTERS_MIN = 5;
    private static final int PATH_CHARACTERS_MIN = 12;
    private static final String HIDDEN = "***";

    /** The longest first, so that none hides a part of another. */
    private final Set<String> texts =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    Secrets(URI address, Collection<String> headerValues) {
        for (String value : headerValues) {
            texts.add(value.strip());
            addPieces(value, "[\\s,;=:\"]+", PIECE_CHARACTERS_MIN);
        }
        addPieces(address.getRawPath(), "/", PATH_CHARACTERS_MIN);
        addPieces(address.getRawQuery(), "[&=]", PIECE_CHARACTERS_MIN);
        texts.remove("");
    }

    /** The text without what must not be in it. */
    String hide(String text) {
        String hidden = text;
        for (String secret : texts) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    /** The cause of a failure, or null if one of its messages must not be seen. */
    @Nullable Exception harmless(Exception failure) {
        for (Throwable each : LastingErrors.chain(failure)) {
            String message = String.valueOf(each.getMessage());
            if (!hide(message).equals(message)) {
                return null;
            }
        }
        return failure;
    }

    private void addPieces(@Nullable String text, String separators, int charactersMin) {
        if (text == null) {
            return;
        }
        for (String piece : text.split(separators, -1)) {
            if (piece.length() >= charactersMin) {
                texts.add(piece);
                texts.add(decoded(piece));
            }
        }
    }

    private static String decoded(String piece) {
        try {
            return URLDecoder.decode(piece, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return piece;
        }
    }
}
