package dev.waxwing.operators;

import dev.waxwing.state.LogicContext;
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

    /** When the key is to be discarded, in running time; {@link Long#MAX_VALUE} for never. */
    long forgetAtMillis() {
        return forgetAtMillis;
    }

    /** The date at which that time has come if nothing stops meanwhile. */
    long dueAtMillis(LogicContext<?> context) {
        return forgetAtMillis == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : RunningTime.dateIn(forgetAtMillis - context.runningMillis(), context);
    }

    /** There is more than remains. */
    Retain inUse() {
        forgetAtMillis = Long.MAX_VALUE;
        return Retain.KEEP;
    }

    /** There are only remains, for how long already. */
    Retain unused(LogicContext<?> context) {
        long running = context.runningMillis();
        if (forgetAtMillis == Long.MAX_VALUE) {
            forgetAtMillis = running + retentionMillis;
        }
        return forgetAtMillis <= running ? Retain.DISCARD : Retain.KEEP;
    }
}
