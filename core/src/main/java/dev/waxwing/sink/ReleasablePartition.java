package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * A partition of an {@link EpochSink} whose marker can be looked at before it is claimed, and given
 * back: with it, a start that is refused leaves the target as it was. Every target that keeps
 * markers should have it.
 *
 * <p>At the start the markers of all targets are looked at before the first is claimed. If the
 * start fails all the same, because of another target or of a source that cannot be opened, the
 * claims are released. Called like {@link EpochSinkPartition#claim}, and before {@link
 * EpochSinkPartition#close}.
 */
public interface ReleasablePartition {

    /**
     * The marker as it is, null if there is none; nothing is changed or locked, and what holds
     * markers is not made if it is not there.
     *
     * @param owner who is about to claim it
     */
    @Nullable Marker look(Owner owner) throws Exception;

    /**
     * Undoes a claim after which nothing was written, in one transaction of the target: puts {@code
     * before} in the place of the marker, or removes it. If the target does not hold {@code
     * claimed}, it stays as it is.
     *
     * @param claimed what the claim has written
     * @param before what was there before, null if nothing was
     */
    void release(Owner owner, Marker claimed, @Nullable Marker before) throws Exception;
}
