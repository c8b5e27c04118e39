package dev.waxwing.http;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a poll has brought, and where and when to ask next.
 *
 * @param items in order; may be empty
 * @param cursor of the next page, or null to ask for the same one again
 * @param next when to ask for it
 * @param <T> item
 */
public record Page<T>(List<T> items, @Nullable String cursor, Next next) {

    /** When to ask for the next page. */
    public enum Next {
        /** At once. */
        NOW,
        /** When the interval has passed. */
        LATER,
        /** Never: that was the last page, and the input ends. */
        NEVER
    }

    public Page {
        items = List.copyOf(items);
        Objects.requireNonNull(next, "next must not be null");
    }

    /** The items; the same address is asked again when the interval has passed. */
    public static <T> Page<T> of(List<T> items) {
        return new Page<>(items, null, Next.LATER);
    }

    /** The items; there is more under this cursor already. */
    public static <T> Page<T> before(String cursor, List<T> items) {
        return new Page<>(items, Objects.requireNonNull(cursor), Next.NOW);
    }

    /** All the items that there are; newer ones will be under this cursor. */
    public static <T> Page<T> upTo(String cursor, List<T> items) {
        return new Page<>(items, Objects.requireNonNull(cursor), Next.LATER);
    }

    /** The last items that there will ever be. */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, null, Next.NEVER);
    }
}
