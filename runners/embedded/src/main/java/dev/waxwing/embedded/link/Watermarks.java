package dev.waxwing.embedded.link;

import dev.waxwing.embedded.channel.Mark;

/** Arithmetic of watermarks that come from several sides. */
public final class Watermarks {

    private Watermarks() {}

    /** The least watermark of those that have not ended; idle ones hold nobody. */
    public static long least(long[] micros, boolean[] ended) {
        long least = Mark.Watermark.IDLE;
        for (int i = 0; i < micros.length; i++) {
            if (!ended[i]) {
                least = Math.min(least, micros[i]);
            }
        }
        return least;
    }
}
