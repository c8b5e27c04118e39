package dev.waxwing.cli;

import dev.waxwing.run.Execution.Counters;
import java.util.Locale;

/** Makes a line of numbers of an execution's counters. Confined to one thread at a time. */
final class StatusText {

    private static final double NANOS = 1e9;
    private static final long MEGABYTE = 1L << 20;

    private final long startNanos;
    private long lastNanos;
    private long lastIn;
    private long lastOut;
    private long decidedEpoch;
    private long decidedNanos;

    StatusText(long startNanos) {
        this.startNanos = startNanos;
        this.lastNanos = startNanos;
        this.decidedNanos = startNanos;
    }

    /** Rates are since the last call. */
    String text(Counters counters, long nowNanos) {
        double seconds = Math.max(1, nowNanos - lastNanos) / NANOS;
        if (counters.decidedEpoch() != decidedEpoch) {
            decidedEpoch = counters.decidedEpoch();
            decidedNanos = nowNanos;
        }
        Runtime jvm = Runtime.getRuntime();
        String text =
                String.format(
                        Locale.ROOT,
                        "%.0f s  in %,.0f/s  out %,.0f/s  epoch %d  decided %d (%.1f s ago)"
                                + "%s  memory %d of %d MB",
                        (nowNanos - startNanos) / NANOS,
                        Math.max(0, counters.itemsIn() - lastIn) / seconds,
                        Math.max(0, counters.itemsOut() - lastOut) / seconds,
                        counters.epoch(),
                        decidedEpoch,
                        (nowNanos - decidedNanos) / NANOS,
                        putAside(counters),
                        (jvm.totalMemory() - jvm.freeMemory()) / MEGABYTE,
                        jvm.maxMemory() / MEGABYTE);
        lastNanos = nowNanos;
        lastIn = counters.itemsIn();
        lastOut = counters.itemsOut();
        return text;
    }

    private static String putAside(Counters counters) {
        return (counters.late() == 0
                        ? ""
                        : String.format(Locale.ROOT, "  late %,d", counters.late()))
                + (counters.dead() == 0
                        ? ""
                        : String.format(Locale.ROOT, "  dead %,d", counters.dead()));
    }
}
