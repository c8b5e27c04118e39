package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * A sink whose targets can be made to forget an execution, so that the next one can begin with an
 * empty recovery store: its marker, and what is staged and not shown yet. What was delivered stays.
 *
 * <p>Called when no execution of the recovery store is running, for each partition and each id that
 * its step has had. What a dataflow would need besides, such as a table that was dropped, may be
 * missing; that is no error.
 */
public interface ResettableSink {

    /**
     * Tells a person what there is to forget, such as {@code the marker of epoch 12 in table
     * waxwing_markers}; null if there is nothing. Changes nothing.
     *
     * @param owner the partition; it adopts whatever is there
     */
    @Nullable String remembered(Owner owner) throws Exception;

    /**
     * Removes what {@link #remembered} tells. After it, an execution that still goes on commits
     * nothing more. Called again after a crash.
     *
     * @param owner as above
     */
    void forget(Owner owner) throws Exception;
}
