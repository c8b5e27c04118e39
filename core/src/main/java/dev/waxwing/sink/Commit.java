package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * An epoch that is decided and is to be written to a target.
 *
 * @param epoch larger than every epoch that the owner has committed before
 * @param owner who commits
 */
public record Commit(long epoch, Owner owner) {

    /** What the target is to hold in place of the marker that it has, from this commit on. */
    public Marker marker() {
        return new Marker(epoch, owner.generation(), owner.lineage(), owner.token());
    }

    /**
     * Checks the marker of the target, within the transaction of the commit.
     *
     * @param found null if there is none
     * @throws FencedException if it is not the owner's
     */
    public void check(@Nullable Marker found) throws FencedException {
        owner.checkHolds(found);
    }
}
