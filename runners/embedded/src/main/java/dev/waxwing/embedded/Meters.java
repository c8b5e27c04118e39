package dev.waxwing.embedded;

import dev.waxwing.embedded.epoch.Coordinator;
import dev.waxwing.embedded.link.KeyedState;
import dev.waxwing.embedded.link.StepCounts;
import dev.waxwing.embedded.link.StepSite;
import dev.waxwing.embedded.worker.Worker;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.run.Counters;
import dev.waxwing.run.StepCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what workers have counted. Reads plain fields of other threads: what it sees may lag, but
 * is never torn on the JVMs that Waxwing runs on.
 */
final class Meters {

    private Meters() {}

    static Counters read(Coordinator coordinator, List<Worker> workers) {
        Map<Integer, Sum> sums = new TreeMap<>();
        for (Worker worker : workers) {
            for (Worker.StepMeter meter : worker.meters()) {
                sums.computeIfAbsent(meter.site().step().index(), i -> new Sum(meter.site()))
                        .add(meter.site(), meter.counts(), meter.state());
            }
        }
        List<StepCounters> steps = new ArrayList<>();
        sums.values().forEach(sum -> steps.add(sum.counters()));
        return new Counters(
                coordinator.announcedEpoch() + 1,
                coordinator.decidedEpoch(),
                coordinator.doneEpoch(),
                steps);
    }

    private static final class Sum {

        private final CoreStep step;
        private final Map<String, Long> user = new HashMap<>();
        private long received;
        private long emitted;
        private long dead;
        private long keys;

        Sum(StepSite site) {
            step = site.step();
        }

        void add(StepSite site, StepCounts counts, @Nullable KeyedState state) {
            received += counts.received;
            emitted += counts.emitted;
            dead += counts.dead;
            keys += state == null ? 0 : state.size();
            site.userCounts().forEach((name, amount) -> user.merge(name, amount, Long::sum));
        }

        StepCounters counters() {
            return new StepCounters(
                    step.id(), nameOf(step.operator()), received, emitted, dead, keys, user);
        }

        private static String nameOf(CoreOperator operator) {
            String name = operator.getClass().getSimpleName();
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
    }
}
