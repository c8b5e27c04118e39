package dev.waxwing.embedded;

import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.Origin;
import java.util.HashMap;
import java.util.Map;

/** What a core step has counted on all workers. Not thread-safe. */
final class CoreCount {

    final Map<String, Long> user = new HashMap<>();
    private final long[] outputs;
    long received;
    long emitted;
    long stored;
    long dead;
    long late;
    long keys;

    CoreCount(int outputs) {
        this.outputs = new long[outputs];
    }

    /** Items that went out by an output of the step. */
    long output(Origin origin) {
        return outputs[origin.port()];
    }

    void add(StepSite site) {
        StepCounts counts = site.counts();
        received += site.input();
        emitted += counts.emitted;
        stored += counts.stored;
        dead += counts.dead;
        late += counts.late;
        for (int port = 0; port < outputs.length; port++) {
            outputs[port] += site.output(port);
        }
        site.userCounts().forEach((name, amount) -> user.merge(name, amount, Long::sum));
    }

    /** Adds another but for its outputs. */
    void add(CoreCount other) {
        received += other.received;
        emitted += other.emitted;
        stored += other.stored;
        dead += other.dead;
        late += other.late;
        keys += other.keys;
        other.user.forEach((name, amount) -> user.merge(name, amount, Long::sum));
    }

    /** The same counts, without keys, which come and go. */
    CoreCount copy() {
        CoreCount copy = new CoreCount(outputs.length);
        copy.add(this);
        copy.keys = 0;
        System.arraycopy(outputs, 0, copy.outputs, 0, outputs.length);
        return copy;
    }
}
