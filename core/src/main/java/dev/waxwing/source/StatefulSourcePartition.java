package dev.waxwing.source;

/**
 * One independently resumable part of a source.
 *
 * @param <T> item
 * @param <S> position of the next read; immutable, as it is stored after reading has gone on
 */
public non-sealed interface StatefulSourcePartition<T, S> extends SourcePartition<T> {

    /**
     * Position <em>after</em> the last emitted item: resuming there repeats and skips nothing.
     * Called between calls of {@link #nextBatch}, also after the last. Items that steps have not
     * taken when an epoch ends are stored beside it; the partition need not care.
     */
    S snapshot();
}
