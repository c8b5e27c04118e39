package dev.waxwing.operators;

import dev.waxwing.state.Retain;
import dev.waxwing.windowing.Micros;
import java.time.Duration;

/** How long what is left of a key is kept, once nothing waits or is open there. */
final class Remains {

    private final long retentionMillis;
    private long forgetAtMillis;

    /**
     * @param forgetAtMillis as it was in a snapshot, or {@link Long#MAX_VALUE}
     */
    Remains(Duration retention, long forgetAtMillis) {
        this.retentionMillis = Micros.of(retention) / 1_000;
        this.forgetAtMillis = forgetAtMillis;
    }

    /** When the key is to be discarded, in the runtime's time; {@link Long#MAX_VALUE} for never. */
    long forgetAtMillis() {
        return forgetAtMillis;
    }

    /** There is more than remains. */
    Retain inUse() {
        forgetAtMillis = Long.MAX_VALUE;
        return Retain.KEEP;
    }

    /** There are only remains, for how long already. */
    Retain unused(long nowMillis) {
        if (forgetAtMillis == Long.MAX_VALUE) {
            forgetAtMillis = nowMillis + retentionMillis;
        }
        return forgetAtMillis <= nowMillis ? Retain.DISCARD : Retain.KEEP;
    }
}
