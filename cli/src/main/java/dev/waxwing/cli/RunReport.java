package dev.waxwing.cli;

import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What people see of a run on standard error: a line of numbers that renews itself on a terminal,
 * and a summary at the end. Thread-safe.
 */
final class RunReport {

    private static final String TO_LINE_START_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final Screen screen;
    private final boolean quiet;
    private final String dataflow;
    private final long startNanos = System.nanoTime();
    private final StatusText status = new StatusText(startNanos);
    private boolean lineShown;

    RunReport(Surroundings surroundings, boolean quiet, String dataflow) {
        this.err = surroundings.err();
        this.screen = quiet ? Screen.NONE : surroundings.errScreen();
        this.quiet = quiet;
        this.dataflow = dataflow;
    }

    /** Whether there is a terminal to show the line on. */
    boolean isShown() {
        return screen.isTerminal();
    }

    /** Renews the line; asks for the counters only if there is a terminal. */
    synchronized void tick(Supplier<Counters> counters) {
        int columns = screen.columns();
        if (columns > 0) {
            String text = status.text(counters.get(), System.nanoTime());
            int length = Math.min(text.length(), columns - 1);
            err.print(TO_LINE_START_AND_CLEAR + text.substring(0, length));
            err.flush();
            lineShown = true;
        }
    }

    /** Removes the line. */
    synchronized void clear() {
        if (lineShown) {
            err.print(TO_LINE_START_AND_CLEAR);
            err.flush();
            lineShown = false;
        }
    }

    /** The execution ended well. */
    void ended(Execution.Status how, Counters counters) {
        summary(how == Execution.Status.STOPPED ? "stopped" : "completed", counters);
    }

    /** The execution did not end well, or not at all. */
    void aborted(Counters counters) {
        summary("aborted", counters);
    }

    private void summary(String how, Counters counters) {
        if (!quiet) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            err.printf(
                    Locale.ROOT,
                    "waxwing: dataflow '%s' %s after %.1f s: %,d items in, %,d items out,%s"
                            + " decided up to epoch %d%n",
                    dataflow,
                    how,
                    seconds,
                    counters.itemsIn(),
                    counters.itemsOut(),
                    putAside(counters),
                    counters.decidedEpoch());
            err.flush();
        }
    }

    private static String putAside(Counters counters) {
        return (counters.late() == 0
                        ? ""
                        : String.format(Locale.ROOT, " %,d late,", counters.late()))
                + (counters.dead() == 0
                        ? ""
                        : String.format(Locale.ROOT, " %,d dead,", counters.dead()));
    }
}
