package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Mark;
import java.util.Arrays;

/**
 * The time of a stream that is put together from several inputs: source partitions, sending
 * workers, or merged streams. Confined to the worker.
 *
 * <p>It is the least of the inputs that are neither idle nor ended. If there are none, nobody has
 * to be waited for, and it is that of the input that is ahead, whichever of them fell silent first.
 * It never goes back: what an input that was idle brings then may be late.
 */
public final class Watermarks {

    private final long[] micros;
    private final boolean[] idle;
    private final boolean[] ended;
    private long passed = Mark.Watermark.NONE;
    private boolean passedIdle;

    public Watermarks(int inputs) {
        micros = new long[inputs];
        idle = new boolean[inputs];
        ended = new boolean[inputs];
        Arrays.fill(micros, Mark.Watermark.NONE);
    }

    /** The watermark of an input, or {@link Mark.Watermark#IDLE}: it is silent until its next. */
    public void set(int input, long watermark) {
        idle[input] = watermark == Mark.Watermark.IDLE;
        if (!idle[input]) {
            micros[input] = Math.max(micros[input], watermark);
        }
    }

    /** The input will bring no more items; it still counts when all others are idle. */
    public void end(int input) {
        ended[input] = true;
    }

    /**
     * Passes the time on if it has moved, and behind it that nobody is waited for.
     *
     * @return whether anything was passed
     */
    public boolean passOn(Link next) {
        boolean any = passTime(next);
        boolean nobody = isNobodyWaitedFor();
        if (nobody && (any || !passedIdle)) {
            next.watermark(Mark.Watermark.IDLE);
            any = true;
        }
        passedIdle = nobody;
        return any;
    }

    /** Passes the time on if it has moved; the end of the input follows, which says the rest. */
    public boolean passTime(Link next) {
        boolean nobody = isNobodyWaitedFor();
        long time = nobody ? ahead() : least();
        boolean back = passedIdle && !nobody;
        if (time <= passed && !(back && passed != Mark.Watermark.NONE)) {
            return false;
        }
        passed = Math.max(passed, time);
        next.watermark(passed);
        return true;
    }

    private boolean isNobodyWaitedFor() {
        return least() == Mark.Watermark.IDLE;
    }

    private long least() {
        long least = Mark.Watermark.IDLE;
        for (int input = 0; input < micros.length; input++) {
            if (!idle[input] && !ended[input]) {
                least = Math.min(least, micros[input]);
            }
        }
        return least;
    }

    private long ahead() {
        long ahead = Mark.Watermark.NONE;
        for (long each : micros) {
            ahead = Math.max(ahead, each);
        }
        return ahead;
    }
}
