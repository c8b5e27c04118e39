package dev.waxwing.operators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key's windows: a state of each, or the panes that windows of an aggregation
 * share, or both while the windows of before become fewer. One form for all options, so that what
 * was stored with some is read with others.
 *
 * @param windower the windower's, null if it has none
 * @param arrivals how many values have come
 * @param windows those that are open and have a state of their own
 * @param panes of those that are open and share them, or null
 */
record WindowsState<W, A>(
        @Nullable W windower, long arrivals, List<Window<A>> windows, @Nullable Panes<A> panes) {

    /**
     * An open window.
     *
     * @param items how many values it has taken with a state of its own
     * @param earlyAtMillis when the next early result is due, in the runtime's time
     * @param phase whether it has given its result
     * @param isFollowed whether there is anything to withdraw should it become part of another
     */
    record Window<A>(
            long windowId,
            A state,
            long items,
            long earlyAtMillis,
            Phase phase,
            boolean isFollowed) {}

    /** The progress of a window. */
    enum Phase {
        /** The watermark has not passed its end. */
        RUNNING,
        /** It has given its result, but is kept for later values. */
        ENDED,
        /** It has given its result, and a later value has moved its end beyond the watermark. */
        RUNNING_AGAIN
    }

    /**
     * What windows of an aggregation share.
     *
     * @param unclosed no window before this one is opened again
     * @param panes in order of their ids
     */
    record Panes<A>(long unclosed, List<Pane<A>> panes) {}

    /** What the values between two edges of windows make together. */
    record Pane<A>(long id, A aggregate) {}
}
