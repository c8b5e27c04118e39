package dev.waxwing.engine.site;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a partition had emitted when an epoch ended and its stage had not taken, as it is stored.
 *
 * @param item an item, or what was read that is none
 * @param rejection why it is none, else null
 */
public record PendingItem(Object item, @Nullable String rejection) {

    /** Where the name of the partition begins, behind two numbers of 19 and 9 digits. */
    private static final int NAME_AT = 30;

    /**
     * The key under which an item is stored; as texts they are in the order of the items.
     *
     * @param epoch at whose end it was left
     * @param number of the item among those that the epoch has written
     */
    public static String place(long epoch, int number, String partition) {
        return String.format(Locale.ROOT, "%019d/%09d/", epoch, number) + partition;
    }

    /** The partition of an item that is stored under a key. */
    public static String partitionOf(String place) {
        return place.substring(NAME_AT);
    }
}
