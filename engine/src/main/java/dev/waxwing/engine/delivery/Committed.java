package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.run.check.RejectedItemException;
import java.util.List;
import java.util.function.BiConsumer;

/** A work that the target has, but for what it rejected. Immutable. */
public final class Committed implements Work {

    private final Prepared prepared;

    Committed(Prepared prepared) {
        this.prepared = prepared;
    }

    @Override
    public DeliveryPart part() {
        return prepared.part();
    }

    @Override
    public long epoch() {
        return prepared.epoch();
    }

    /** Reads what was rejected, in order. */
    public void forEachRejected(BiConsumer<Object, Throwable> rejectedItem) {
        OutboxEntry outbox = prepared.outbox();
        StateReader reader = part().items().reader(outbox.schema());
        try (SegmentReader segment = part().segments().open(outbox.segment())) {
            prepared.rejections()
                    .reasons()
                    .forEach(
                            (place, why) -> {
                                segment.seek(place);
                                Object item =
                                        reader.decode(
                                                segment.data(), segment.offset(), segment.length());
                                rejectedItem.accept(item, new RejectedItemException(why));
                            });
        }
    }

    /** Whether items of it were rejected, which are now dead letters or are to become that. */
    boolean hasRejected() {
        return prepared.hasRejected();
    }

    boolean isOf(Prepared other) {
        return prepared == other;
    }

    /** The segments in which it is kept. */
    List<String> segments() {
        return prepared.segments();
    }
}
