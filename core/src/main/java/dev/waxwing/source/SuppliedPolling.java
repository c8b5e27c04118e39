package dev.waxwing.source;

import dev.waxwing.connector.Guarantee;
import dev.waxwing.function.Supplier;
import dev.waxwing.source.PollingSource.Poller;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A polling source of one function, without a position. */
record SuppliedPolling<T>(Duration interval, Supplier<? extends @Nullable T> nextItem)
        implements PollingSource<T, Boolean> {

    SuppliedPolling {
        Objects.requireNonNull(nextItem, "nextItem must not be null");
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException(
                    "interval must be longer than zero, but was " + interval);
        }
    }

    @Override
    public Poller<T, Boolean> open(@Nullable Boolean resumeState) {
        return new Poller<>() {
            @Override
            public @Nullable T nextItem() throws Exception {
                return nextItem.get();
            }

            @Override
            public Boolean snapshot() {
                return true;
            }
        };
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.AT_MOST_ONCE;
    }
}
