package dev.waxwing.simulation;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulBatchLogic;
import java.util.List;

/** Adds to each value how many came before it, however they are cut into batches. */
final class CountingBatchLogic implements StatefulBatchLogic<Item, Item, Long> {

    private long count;

    private CountingBatchLogic(Long resumeState) {
        count = resumeState == null ? 0 : resumeState;
    }

    static StatefulBatchLogic.Builder<String, Item, Item, Long> builder() {
        return (context, count) -> new CountingBatchLogic(count);
    }

    @Override
    public Retain onBatch(List<Item> items, Outputs<? super Item> out) {
        for (Item item : items) {
            out.emit(item.plus(count++));
        }
        return Retain.KEEP;
    }

    @Override
    public Long snapshot() {
        return count;
    }
}
