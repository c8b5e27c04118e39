package dev.waxwing.testing.operators;

import dev.waxwing.Dataflow;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a spec has to run dataflows in one mode. */
public final class SpecWorld {

    private final SpecMode mode;
    private final SpecSession session;

    SpecWorld(SpecMode mode, SpecSession session) {
        this.mode = mode;
        this.session = session;
    }

    public SpecMode mode() {
        return mode;
    }

    /** The runtime's clock. */
    public InstantSource clock() {
        return session.wallClock();
    }

    /** A source of these elements in the mode's batches, with its crashes in between. */
    public <T> TestSource<T> source(T first, Object... rest) {
        List<Object> elements = new ArrayList<>();
        elements.add(first);
        Collections.addAll(elements, rest);
        return sourceOf(elements);
    }

    /** As {@link #source}, of a list, which may be empty or begin with a mark. */
    public <T> TestSource<T> sourceOf(List<?> elements) {
        List<Object> hostile = new ArrayList<>();
        for (Object element : elements) {
            hostile.add(element);
            if (mode.restoreAfterEachBatch() && !(element instanceof TestItems.Mark)) {
                hostile.add(TestItems.crash());
            }
        }
        return TestSource.<T>ofElements(hostile)
                .withBatchItems(mode.sourceBatchItems())
                .withClock(clock());
    }

    /** Lets the wall clock go on between two executions. */
    public void rest(Duration duration) {
        session.rest(duration);
    }

    /** Runs a dataflow until all input has ended, through crashes. */
    public void run(Dataflow flow) throws Exception {
        session.run(flow.plan(), mode.workers());
    }

    /**
     * The same by other numbers of workers.
     *
     * @param workers for the first execution and, after each crash, the next, over and over
     */
    public void run(Dataflow flow, int... workers) throws Exception {
        session.run(flow.plan(), workers);
    }
}
