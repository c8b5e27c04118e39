package dev.waxwing.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A source of given items, of one partition; a position is the number of items read. */
final class ItemSource<T> implements FixedPartitionedSource<T, Integer> {

    private static final long serialVersionUID = 1L;

    private static final List<String> PARTS = List.of("items");

    private static final int BATCH_ITEMS = 1_000;

    private final List<T> items;

    private ItemSource(List<T> items) {
        this.items = items;
    }

    /** Takes a copy of the items. */
    static <T> ItemSource<T> of(Iterable<? extends T> items) {
        List<T> copy = new ArrayList<>();
        for (T item : items) {
            copy.add(
                    Objects.requireNonNull(
                            item, () -> "item " + copy.size() + " of the source is null"));
        }
        return new ItemSource<>(List.copyOf(copy));
    }

    @Override
    public List<String> listParts() {
        return PARTS;
    }

    @Override
    public StatefulSourcePartition<T, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        int read = resumeState == null ? 0 : resumeState;
        if (read > items.size()) {
            throw new IllegalStateException(
                    "step '"
                            + stepId
                            + "': "
                            + read
                            + " items of its source have been read before, but it has "
                            + items.size()
                            + " now; give it the items that it had, in the same order, and new ones"
                            + " behind them");
        }
        return new Partition<>(items, read);
    }

    /** Confined to the thread that reads it. */
    private static final class Partition<T> implements StatefulSourcePartition<T, Integer> {

        private final List<T> items;
        private int read;

        Partition(List<T> items, int read) {
            this.items = items;
            this.read = read;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super T> out) {
            int end = Math.min(items.size(), read + BATCH_ITEMS);
            for (int first = read; read < end && (read == first || out.hasRoom()); ) {
                out.emit(items.get(read++));
            }
            return read < items.size() ? SourceStatus.OPEN : SourceStatus.ENDED;
        }

        @Override
        public Integer snapshot() {
            return read;
        }
    }
}
