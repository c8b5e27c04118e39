package dev.waxwing.testing;

import dev.waxwing.plan.CoreStep;
import dev.waxwing.run.StepChecks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A core step while it runs. What a call of user code emits goes on only when the call has
 * returned, so that no user code is ever on the stack below another's.
 */
abstract class ReferenceStep {

    final CoreStep step;
    final StepChecks checks;
    final ReferenceTime time;
    private final List<List<ReferenceStep>> consumers = new ArrayList<>();

    ReferenceStep(CoreStep step, ReferenceTime time) {
        this.step = step;
        this.checks = new StepChecks(step);
        this.time = time;
        for (int port = 0; port < step.outputCount(); port++) {
            consumers.add(new ArrayList<>());
        }
    }

    final void addConsumer(int port, ReferenceStep consumer) {
        consumers.get(port).add(consumer);
    }

    final void send(int port, @Nullable Object key, Object item) {
        for (ReferenceStep consumer : consumers.get(port)) {
            consumer.onItem(key, item);
        }
    }

    /** Prepares the step; with a store, with what it has of the step. */
    void open(@Nullable ReferenceStore store) {}

    abstract void onItem(@Nullable Object key, Object item);

    /** All items that are available for now have been taken, and upstreams have said so, too. */
    void onActivationEnd() {}

    /** The whole input has ended; upstreams have emitted all. */
    void onEndOfInput() {}

    /** When the step wants an activation, in milliseconds since 1970. */
    long wakeAtMillis() {
        return Long.MAX_VALUE;
    }

    /** Adds what the epoch has changed. */
    void snapshot(ReferenceStore.Snapshots snapshots) {}

    /** The epoch has been decided. */
    void onDecided(long epoch) {}

    void close() throws Exception {}
}
