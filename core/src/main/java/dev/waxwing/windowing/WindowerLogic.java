package dev.waxwing.windowing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one key. Times are in microseconds, see {@link Micros}; ids are numbers that the
 * windower chooses, unique among the windows that the key has had while its state was kept.
 *
 * @param <S> what is kept over a restart
 */
public interface WindowerLogic<S> {

    /** The windows that a value of this time belongs to; those that are not open are opened. */
    long[] openFor(long micros);

    /** The windows that a late value of this time would have been in. Opens none. */
    long[] lateFor(long micros);

    /**
     * The merges that the last {@link #openFor} brought about, in order; each is returned once.
     * {@code openFor} may name a window that is merged away here.
     */
    default List<Merge> merged() {
        return List.of();
    }

    /** An open window as it is now. */
    WindowResult.Metadata window(long windowId);

    /** The watermark with which an open window closes. */
    long closesAt(long windowId);

    /** The least of {@link #closesAt(long)}; {@link Micros#END_OF_TIME} if no window is open. */
    long closesAt();

    /** Closes the windows whose time has come, and forgets them; in order of their close. */
    List<WindowResult.Metadata> closeFor(long watermark);

    /**
     * What to keep of the windower, also when its last window has closed; null for nothing.
     * Immutable.
     */
    @Nullable S snapshot();

    /**
     * Two windows have become one.
     *
     * @param from the window that is no more
     * @param into the window that holds the values of both
     */
    record Merge(long from, long into) {}
}
