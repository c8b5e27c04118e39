package dev.waxwing.engine.sink;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.Mapper;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.step.BackOff;
import dev.waxwing.step.BatchOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When what waits for a partition of a sink is handed to it. Confined to the worker. */
final class BatchRule {

    /** Of a sink whose step says nothing. */
    private static final int ITEMS_MAX = 1_024;

    /** How many batches may wait for a thread of the partition's own, beside the one it is at. */
    private static final int BATCHES_MAX = 4;

    private final @Nullable BatchOptions options;
    private final BackOff wait;

    BatchRule(StepSite site) {
        options = ((CoreOperator.Output) site.step().operator()).batches();
        Duration most = options == null ? Duration.ZERO : options.waitMax();
        wait = BackOff.of(most, most);
    }

    /** Items that a batch needs to be handed over at once. */
    int itemsMax() {
        return options == null ? ITEMS_MAX : options.itemsMax();
    }

    /** An item has come to wait. */
    void added(SinkSlot<?> slot, Object item, long steadyMillis) throws Exception {
        if (options == null) {
            return;
        }
        if (slot.next.size() == 1) {
            slot.bytes = 0;
            slot.dueMillis = wait.endMillis(1, steadyMillis);
        }
        Mapper<Object, Integer> size = options.size();
        if (size != null) {
            slot.bytes += size.map(item);
        }
    }

    boolean isFull(SinkSlot<?> slot) {
        return slot.next.size() >= itemsMax()
                || (options != null && slot.bytes >= options.bytesMax());
    }

    /** Whether no more may wait; what is tried again may have to wait with it. */
    boolean isOverfull(SinkSlot<?> slot) {
        return slot.waiting() / BATCHES_MAX >= itemsMax()
                || (options != null && slot.bytes / BATCHES_MAX >= options.bytesMax());
    }

    /** When a batch is to be handed over, in steady milliseconds. */
    long dueMillis(SinkSlot<?> slot) {
        return options == null || isFull(slot) ? Long.MIN_VALUE : slot.dueMillis;
    }
}
