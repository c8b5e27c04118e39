package dev.waxwing.sink;

import org.jspecify.annotations.Nullable;

/**
 * A partition whose target remembers ids and so passes over what it has: sent again after a crash,
 * under the same ids.
 *
 * @param <X> item
 */
public non-sealed interface IdempotentPartition<X> extends EpochSinkPartition<X> {

    /** Most such targets have no marker, and need none. */
    @Override
    default @Nullable Marker claim(Owner owner) throws Exception {
        return null;
    }

    /**
     * How many items a batch has at most; batches are also cut where the outbox is. An outbox is
     * cut as this said when it was closed, whatever a later execution says.
     */
    default int batchItemsMax() {
        return 500;
    }

    /**
     * Sends a batch of a decided epoch. The batches of an epoch come in order, and those of an
     * epoch only when all before it have been sent.
     *
     * @throws PartialWriteException if only some items were sent; the others are sent again
     * @throws RejectedItemsException if items can never be sent; all others must have been
     * @throws Exception if it is not known whether it was sent; it is sent again
     */
    Outcome send(OutboxBatch<X> batch) throws Exception;
}
