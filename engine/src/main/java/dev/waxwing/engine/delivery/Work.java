package dev.waxwing.engine.delivery;

import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.run.check.RejectedItemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition has to commit of an epoch, and how far that has come. What changes is confined
 * to the partition's lane while an attempt is made, and to the coordinator in between.
 */
public final class Work {

    private final DeliveryPart part;
    private final String partition;
    private final long epoch;
    private final List<Object> values;

    /** Committables, or places of the outbox, that have been dealt with. */
    long next;

    /** Places of the batch at {@link #next} that are to be sent again; empty for the whole. */
    List<Long> again = List.of();

    /** How many items were handed to the target for good. */
    long delivered;

    /** Whether the target had said that it has this when the execution started. */
    boolean settled;

    /** What of its outbox was rejected; null if it has none. */
    private final @Nullable Rejections rejections;

    /**
     * @param values committables, or the one outbox
     */
    public Work(DeliveryPart part, long epoch, List<Object> values) {
        this(part, part.name(), epoch, values);
    }

    /**
     * @param partition that wrote it: another than {@code part} if it is not there any more
     * @param values committables, or the one outbox
     */
    public Work(DeliveryPart part, String partition, long epoch, List<Object> values) {
        this.part = part;
        this.partition = partition;
        this.epoch = epoch;
        this.values = List.copyOf(values);
        this.rejections =
                part.hasOutbox()
                        ? new Rejections(part.segments(), outbox().segment().name())
                        : null;
    }

    public DeliveryPart part() {
        return part;
    }

    public long epoch() {
        return epoch;
    }

    /** What the store keeps of it. */
    public List<Object> values() {
        return values;
    }

    /** The keys under which the store keeps it. */
    public List<DeliveryKey> keys() {
        List<DeliveryKey> keys = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            keys.add(new DeliveryKey(partition, epoch, i));
        }
        return keys;
    }

    /** How many items its outbox has; not for what a partition has staged itself. */
    public long items() {
        return outbox().segment().items();
    }

    /** Whether items of it were rejected, which are now dead letters or are to become that. */
    public boolean hasRejected() {
        return !rejected().isEmpty();
    }

    /** Why items were rejected, by place; a view. */
    SortedMap<Long, String> rejected() {
        return rejections == null ? Collections.emptySortedMap() : rejections.reasons();
    }

    /** Makes it durable that items are rejected. */
    void reject(SortedMap<Long, String> byPlace) {
        Objects.requireNonNull(rejections, "a work with an outbox").add(byPlace);
    }

    /** Reads what an earlier execution has recorded of it. */
    void readRejections() {
        if (rejections != null) {
            rejections.read();
        }
    }

    /** The segments in which it is kept. */
    public List<String> segments() {
        if (rejections == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        names.add(outbox().segment().name());
        names.addAll(rejections.names());
        return names;
    }

    /** A part of a work, as the store gives it back. */
    public record Stored(DeliveryKey key, Object value) {}

    /** Reads what was rejected, in order. */
    public void forEachRejected(BiConsumer<Object, Throwable> rejectedItem) {
        OutboxEntry outbox = outbox();
        StateReader reader = part.items().reader(outbox.schema());
        try (SegmentReader segment = part.segments().open(outbox.segment())) {
            rejected()
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

    /** Grows with each part of it that is dealt with. */
    long progress() {
        return next + delivered;
    }

    OutboxEntry outbox() {
        return (OutboxEntry) values.get(0);
    }
}
