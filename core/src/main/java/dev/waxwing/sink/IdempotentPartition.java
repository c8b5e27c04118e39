package dev.waxwing.sink;

import java.time.Instant;
import java.util.List;
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

    /**
     * Items of a decided epoch, with ids that name their places in the outbox and so are the same
     * each time they are sent, also by a later execution.
     *
     * @param commit the epoch, and who sends
     * @param outbox name of the outbox, never used for other items
     * @param closed when the outbox was closed, by the clock of the execution that wrote it:
     *     nothing of it was sent before
     * @param hasDeadLetters whether items that are rejected become dead letters; if not, the
     *     execution stops with the first, and a person may send the same batch again
     * @param places of the items in the outbox, ascending, one for each item
     * @param items in order; valid during the call only
     * @param <X> item
     */
    record OutboxBatch<X>(
            Commit commit,
            String outbox,
            Instant closed,
            boolean hasDeadLetters,
            List<Long> places,
            List<X> items) {

        public OutboxBatch {
            places = List.copyOf(places);
            if (places.isEmpty() || places.size() != items.size()) {
                throw new IllegalArgumentException(
                        "a batch needs items, and a place for each, but has "
                                + items.size()
                                + " items and "
                                + places.size()
                                + " places");
            }
        }

        /** Names exactly these items; the same each time the same items are sent together. */
        public String id() {
            StringBuilder id = new StringBuilder(outbox).append('/').append(places.get(0));
            for (int i = 1; i < places.size(); i++) {
                boolean goesOn = places.get(i) == places.get(i - 1) + 1;
                boolean ends = i + 1 == places.size() || places.get(i + 1) != places.get(i) + 1;
                if (!goesOn) {
                    id.append(',').append(places.get(i));
                } else if (ends) {
                    id.append('-').append(places.get(i));
                }
            }
            return id.toString();
        }

        /** Names an item, whatever it is sent with. */
        public String id(int item) {
            return outbox + "/" + places.get(item);
        }
    }
}
