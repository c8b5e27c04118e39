package dev.waxwing.step;

import dev.waxwing.function.Mapper;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many items a sink is given at once. Without these options it is given, at the end of each
 * activation, what has come.
 *
 * <p>A batch is handed over when it has {@code itemsMax} items or {@code bytesMax} bytes, when its
 * first item has waited for {@code waitMax}, and in any case before its epoch ends and at the end
 * of input: so nothing of an epoch waits when the epoch is decided. It may be larger if more has
 * come while the sink was at the batch before.
 */
public final class BatchOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int itemsMax;
    private final Duration waitMax;
    private final long bytesMax;
    private final @Nullable Mapper<Object, Integer> size;

    private BatchOptions(
            int itemsMax, Duration waitMax, long bytesMax, @Nullable Mapper<Object, Integer> size) {
        Objects.requireNonNull(waitMax, "waitMax must not be null");
        if (itemsMax < 1) {
            throw new IllegalArgumentException("itemsMax must be 1 or more, but was " + itemsMax);
        }
        if (waitMax.isNegative()) {
            throw new IllegalArgumentException(
                    "waitMax must be zero or longer, but was " + waitMax);
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("bytesMax must be 1 or more, but was " + bytesMax);
        }
        this.itemsMax = itemsMax;
        this.waitMax = waitMax;
        this.bytesMax = bytesMax;
        this.size = size;
    }

    /** Batches of up to {@code itemsMax} items, of which none waits longer than {@code waitMax}. */
    public static BatchOptions upTo(int itemsMax, Duration waitMax) {
        return new BatchOptions(itemsMax, waitMax, Long.MAX_VALUE, null);
    }

    /**
     * The same with a limit to bytes.
     *
     * @param itemSize tells those of an item; its argument is of the stream's type
     */
    @SuppressWarnings("unchecked") // whoever has the options does not know the type of items
    public <X> BatchOptions withBytesMax(long bytes, Mapper<X, Integer> itemSize) {
        return new BatchOptions(
                itemsMax, waitMax, bytes, (Mapper<Object, Integer>) (Mapper<?, ?>) itemSize);
    }

    /** {@return how many items a batch has at most, 1 or more} */
    public int itemsMax() {
        return itemsMax;
    }

    /** {@return how long an item waits for others, zero or longer; no longer than an epoch} */
    public Duration waitMax() {
        return waitMax;
    }

    /** {@return how many bytes a batch has at most, 1 or more} */
    public long bytesMax() {
        return bytesMax;
    }

    /** {@return what tells the bytes of an item; null if they do not matter} */
    public @Nullable Mapper<Object, Integer> size() {
        return size;
    }
}
