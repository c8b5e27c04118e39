package dev.waxwing.testing;

import dev.waxwing.run.check.ItemChecks;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.state.LogicContext;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.windowing.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The time and the epoch of an execution, the same during an activation, and what else its steps
 * share.
 */
final class ReferenceTime {

    private final ManualClock clock;
    private final ItemChecks items = new ItemChecks();
    private final AtomicReference<@Nullable StepFailedException> refused = new AtomicReference<>();
    private final Thread thread = Thread.currentThread();
    private final Instant began;
    private Instant now;
    private long runningBefore;
    private long epoch;
    private SourceReference.@Nullable Reader reader;

    ReferenceTime(ManualClock clock) {
        this.clock = clock;
        this.began = clock.instant();
        this.now = began;
    }

    /** Finds items that change after they were emitted. */
    ItemChecks items() {
        return items;
    }

    /** Remembers what was emitted in vain, on any thread; returns it. */
    StepFailedException refused(StepFailedException emission) {
        refused.compareAndSet(null, emission);
        return emission;
    }

    /** Nothing was emitted in vain, or the execution ends. */
    void checkNothingRefused() {
        StepFailedException first = refused.get();
        if (first != null) {
            throw first;
        }
    }

    /* What users see never goes back, even if the clock does. */
    void startActivation() {
        Instant shown = clock.instant();
        now = shown.isAfter(now) ? shown : now;
    }

    /** The activation lasts until then. */
    void passUntil(long millis) {
        clock.advanceTo(Instant.ofEpochMilli(millis));
        startActivation();
    }

    Instant now() {
        return now;
    }

    long nowMillis() {
        return now.toEpochMilli();
    }

    /** Goes on from how long the dataflow had been running. */
    void runningFrom(long millis) {
        runningBefore = millis;
    }

    /** The time for which the dataflow has been running, over all executions. */
    long runningMillis() {
        return runningBefore + Duration.between(began, now).toMillis();
    }

    long epoch() {
        return epoch;
    }

    /** The partition whose items are being pushed, or null if they have lost theirs. */
    SourceReference.@Nullable Reader reader() {
        return reader;
    }

    void reads(SourceReference.@Nullable Reader from) {
        reader = from;
    }

    void startEpoch(long number) {
        epoch = number;
    }

    /** What the code of a step sees; there is one worker. */
    Context context(StepChecks checks, String stepId) {
        return new Context(checks, stepId);
    }

    final class Context implements LogicContext<Object> {

        private final StepChecks checks;
        private final String stepId;
        private @Nullable Object key;
        private long watermark = Long.MIN_VALUE;
        private long lateness;
        private long lateBefore = Long.MIN_VALUE;

        private Context(StepChecks checks, String stepId) {
            this.checks = checks;
            this.stepId = stepId;
        }

        void call(@Nullable Object ofKey) {
            key = ofKey;
        }

        @Override
        public Object key() {
            checkHere();
            return Objects.requireNonNull(key, "a key is there during a logic's calls only");
        }

        @Override
        public long watermarkMicros() {
            checkHere();
            return watermark;
        }

        void watermark(long micros) {
            watermark = Math.max(watermark, micros);
            lateBefore(Micros.plus(watermark, -lateness));
        }

        /** How far behind the watermark values may be; before the first. */
        void allowLateness(Duration allowed) {
            lateness = Micros.of(allowed);
        }

        @Override
        public long lateBeforeMicros() {
            checkHere();
            return lateBefore;
        }

        void lateBefore(long micros) {
            lateBefore = Math.max(lateBefore, micros);
        }

        @Override
        public String stepId() {
            return stepId;
        }

        @Override
        public int workerIndex() {
            return 0;
        }

        @Override
        public int workerCount() {
            return 1;
        }

        @Override
        public long epoch() {
            checkHere();
            return epoch;
        }

        @Override
        public Instant now() {
            checkHere();
            return now;
        }

        @Override
        public long nowMillis() {
            checkHere();
            return now.toEpochMilli();
        }

        @Override
        public long runningMillis() {
            checkHere();
            return ReferenceTime.this.runningMillis();
        }

        @Override
        public void count(String counterName, long amount) {
            checkHere();
            Objects.requireNonNull(counterName, "counterName must not be null");
        }

        private void checkHere() {
            if (Thread.currentThread() != thread) {
                throw checks.contextElsewhere(Thread.currentThread());
            }
        }
    }
}
