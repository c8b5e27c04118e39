package dev.waxwing.testing;

import dev.waxwing.plan.Plan;
import dev.waxwing.testing.operators.SpecMode;
import dev.waxwing.testing.operators.SpecRunner;
import dev.waxwing.testing.operators.SpecSession;
import java.util.Set;

/** The reference runner as specs see it: one worker, virtual time. */
final class ReferenceSpecRunner implements SpecRunner {

    @Override
    public Set<SpecMode> modes() {
        return SpecMode.hostile(1);
    }

    @Override
    public SpecSession open(SpecMode mode) {
        return new Session(mode);
    }

    private static final class Session implements SpecSession {

        private final SpecMode mode;
        private final ReferenceStore store = new ReferenceStore();
        private final ManualClock clock = ManualClock.start();

        Session(SpecMode mode) {
            this.mode = mode;
        }

        @Override
        public ManualClock clock() {
            return clock;
        }

        @Override
        public void run(Plan plan, int... workers) {
            if (!mode.recovery()) {
                ReferenceRunner.run(plan, null, ReferenceOptions.defaults().withClock(clock));
                return;
            }
            TestRun run = TestRun.of(plan).withStore(store).withClock(clock);
            (mode.epochAfterEachBatch() ? run.withEpochAfterEachBatch() : run).run();
        }
    }
}
