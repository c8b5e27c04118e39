package dev.waxwing.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ItemSourceTest {

    @Test
    void itemsAreTakenWhenTheSourceIsMade() throws Exception {
        List<String> items = new ArrayList<>(List.of("a", "b"));
        var source = Source.from(items);
        items.set(0, "x");
        items.add("y");

        assertThat(readAll(source, null)).containsExactly("a", "b");
    }

    @Test
    void fullBatchIsNotTheEnd() throws Exception {
        var partition = Source.from(Collections.nCopies(1_001, 7)).buildPart("flow.in", "a", null);
        var out = new Room<Integer>(Integer.MAX_VALUE);

        assertThat(partition.nextBatch(out)).isEqualTo(SourceStatus.OPEN);
        assertThat(out.items).hasSize(1_000);
        assertThat(partition.nextBatch(out)).isEqualTo(SourceStatus.ENDED);
        assertThat(out.items).hasSize(1_001);
    }

    @Test
    void partitionReturnsWhenThereIsNoRoom() throws Exception {
        var partition = Source.of(1, 2, 3).buildPart("flow.in", "items", null);
        var out = new Room<Integer>(2);

        assertThat(partition.nextBatch(out)).isEqualTo(SourceStatus.OPEN);
        assertThat(out.items).containsExactly(1, 2);
        assertThat(partition.snapshot()).isEqualTo(2);
        assertThat(partition.nextBatch(out)).isEqualTo(SourceStatus.ENDED);
        assertThat(out.items).containsExactly(1, 2, 3);
    }

    @Test
    void readsWhatHasBeenAddedBehindWhatWasRead() throws Exception {
        assertThat(readAll(Source.of(1, 2, 3), 2)).containsExactly(3);
        assertThat(readAll(Source.of(1, 2), 2)).isEmpty();
    }

    @Test
    void fewerItemsThanHaveBeenReadAreRefused() {
        var source = Source.of("a", "b");

        assertThatThrownBy(() -> source.buildPart("flow.in", "items", 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "step 'flow.in': 3 items of its source have been read before, but it has 2"
                                + " now; give it the items that it had, in the same order, and new"
                                + " ones behind them");
    }

    @Test
    void nullItemIsRefused() {
        List<String> items = Arrays.asList("a", null);

        assertThatThrownBy(() -> Source.from(items))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("item 1 of the source is null");
    }

    private static <T> List<T> readAll(FixedPartitionedSource<T, Integer> source, Integer from)
            throws Exception {
        var out = new Room<T>(Integer.MAX_VALUE);
        assertThat(source.buildPart("flow.in", "items", from).nextBatch(out))
                .isEqualTo(SourceStatus.ENDED);
        return out.items;
    }

    /** Has room for so many items. */
    private static final class Room<T> implements SourceEmitter<T> {

        private final List<T> items = new ArrayList<>();
        private final int room;

        Room(int room) {
            this.room = room;
        }

        @Override
        public void emit(T item) {
            items.add(item);
        }

        @Override
        public boolean hasRoom() {
            return items.size() < room;
        }

        @Override
        public void reject(Object raw, Exception cause) {
            throw new AssertionError("nothing is rejected");
        }
    }
}
