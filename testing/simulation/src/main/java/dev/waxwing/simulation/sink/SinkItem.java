package dev.waxwing.simulation.sink;

/**
 * What the kit writes through a sink: no two of a run are equal. The items of a key are numbered by
 * keyed state, from 1 and without gaps, so that state that is lost or doubled shows, too.
 *
 * @param key chooses the partition; letters and digits
 * @param number 1 or more
 */
public record SinkItem(String key, long number) {

    /** Key and number as a short text without spaces or line ends, such as {@code k3:17}. */
    public String text() {
        return key + ":" + number;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is something else, such as half of it
     */
    public static SinkItem parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no item of the conformance kit; expected such as k3:17");
        }
        return new SinkItem(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return text();
    }
}
