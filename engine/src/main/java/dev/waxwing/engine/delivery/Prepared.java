package dev.waxwing.engine.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A work that is to be committed when its epoch is decided, as the store keeps it. Immutable, but
 * for the rejections, which are thread-safe.
 */
public final class Prepared implements Work.Reported {

    private final DeliveryPart part;
    private final String partition;
    private final long epoch;
    private final List<Object> values;

    /** Of its outbox; null if the partition has staged the items itself. */
    private final @Nullable Rejections rejections;

    /**
     * @param values committables, or the one outbox
     */
    public Prepared(DeliveryPart part, long epoch, List<Object> values) {
        this(part, part.name(), epoch, values);
    }

    /**
     * @param partition that wrote it: another than {@code part} if it is not there any more
     * @param values committables, or the one outbox
     */
    public Prepared(DeliveryPart part, String partition, long epoch, List<Object> values) {
        this.part = part;
        this.partition = partition;
        this.epoch = epoch;
        this.values = List.copyOf(values);
        this.rejections =
                part.hasOutbox()
                        ? new Rejections(part.segments(), outbox().segment().name())
                        : null;
    }

    @Override
    public DeliveryPart part() {
        return part;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    /** The committables, or the one outbox, as the store keeps them. */
    public List<Object> values() {
        return values;
    }

    /** The keys under which the store keeps it, in the order of {@link #values}. */
    public List<DeliveryKey> keys() {
        List<DeliveryKey> keys = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            keys.add(new DeliveryKey(partition, epoch, i));
        }
        return keys;
    }

    /** Number of items in its outbox; not for what a partition has staged itself. */
    public long items() {
        return outbox().segment().items();
    }

    /** The epoch before it that has something for the partition; not for staged items. */
    public long previousEpoch() {
        return outbox().previous();
    }

    OutboxEntry outbox() {
        return (OutboxEntry) values.get(0);
    }

    boolean hasOutbox() {
        return rejections != null;
    }

    Rejections rejections() {
        return Objects.requireNonNull(rejections, "a work with an outbox");
    }

    boolean hasRejected() {
        return rejections != null && !rejections.reasons().isEmpty();
    }

    /** Reads what an earlier execution has recorded of it. */
    void readRejections() {
        if (rejections != null) {
            rejections.read();
        }
    }

    /** The segments in which it is kept. */
    List<String> segments() {
        if (rejections == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        names.add(outbox().segment().name());
        names.addAll(rejections.names());
        return names;
    }
}
