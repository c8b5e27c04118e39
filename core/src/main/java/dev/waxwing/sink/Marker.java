package dev.waxwing.sink;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a target remembers of the last epoch that it holds of a partition.
 *
 * @param epoch the last epoch, 0 if none
 * @param generation of the execution that owns it
 * @param lineage of the recovery store of that execution
 * @param owner made by that execution at random
 */
public record Marker(long epoch, long generation, UUID lineage, UUID owner) {

    private static final Pattern TEXT =
            Pattern.compile(
                    "epoch=(-?\\d{1,19}) generation=(-?\\d{1,19}) store=([-0-9a-f]{36})"
                            + " execution=([-0-9a-f]{36})");

    /**
     * Returns the text for targets that keep markers as text: one line of printable ASCII without
     * its end, which {@link #parse} reads.
     */
    public String toText() {
        return "epoch="
                + epoch
                + " generation="
                + generation
                + " store="
                + lineage
                + " execution="
                + owner;
    }

    /**
     * Reads what {@link #toText} wrote, and nothing else: neither white space nor another spelling
     * of a number.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Marker parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (parts.matches()) {
            try {
                Marker marker =
                        new Marker(
                                Long.parseLong(parts.group(1)),
                                Long.parseLong(parts.group(2)),
                                UUID.fromString(parts.group(3)),
                                UUID.fromString(parts.group(4)));
                if (marker.toText().equals(text)) {
                    return marker;
                }
            } catch (IllegalArgumentException e) {
                throw malformed(text, e);
            }
        }
        throw malformed(text, null);
    }

    private static IllegalArgumentException malformed(
            String text, @Nullable IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "a marker must be 'epoch=<number> generation=<number> store=<UUID>"
                        + " execution=<UUID>', but was '"
                        + text
                        + "'; see that nothing else writes where it was read",
                cause);
    }
}
