package dev.waxwing.engine.sink;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.Prepared;
import org.jspecify.annotations.Nullable;

/** A sink partition whose items are committed when their epoch is decided; always on a lane. */
interface EpochPart extends SinkPart {

    /** The partition as this execution has claimed it. */
    DeliveryPart delivery();

    /**
     * Prepares what was written in an epoch; null if nothing was, or it needs no commit.
     *
     * @param nowMillis the time, in milliseconds since 1970
     */
    @Nullable Prepared prepare(long epoch, long nowMillis) throws Exception;
}
