package dev.waxwing.run.check;

import dev.waxwing.step.StepFailedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds items that change after they were emitted: remembers the last ones, and looks at them again
 * whenever code of a step has run. For tests, as it costs much. Confined to one thread.
 */
public final class ItemChecks {

    private static final int REMEMBERED = 8;

    private final @Nullable Emitted[] ring = new @Nullable Emitted[REMEMBERED];
    private int next;

    private record Emitted(Object item, StepChecks by, long print) {}

    /** A step has emitted an item, or passes it on. */
    public void emitted(StepChecks by, Object item) {
        Emitted last = ring[(next + REMEMBERED - 1) % REMEMBERED];
        Long print = last == null || last.item != item ? Fingerprint.ofChangeable(item) : null;
        if (print != null) {
            ring[next] = new Emitted(item, by, print);
            next = (next + 1) % REMEMBERED;
        }
    }

    /**
     * Looks at what was emitted.
     *
     * @param running the step whose code has just run, so that it is to blame; null if that is not
     *     known, then the step that emitted the item is named
     * @return what to throw if an item is not as it was, else null
     */
    public @Nullable StepFailedException found(@Nullable StepChecks running) {
        for (Emitted each : ring) {
            if (each != null && Fingerprint.of(each.item) != each.print) {
                Arrays.fill(ring, null);
                return running == null || running.isOf(each.by)
                        ? each.by.changedItem(each.item)
                        : running.changedItemOf(each.by, each.item);
            }
        }
        return null;
    }
}
