package dev.waxwing.testing;

import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a plan: read a batch, push it through, end the activation, now and then the epoch. */
final class ReferenceExecution {

    private final Plan plan;
    private final @Nullable ReferenceStore store;
    private final ReferenceOptions options;
    private final ReferenceTime time;
    private final List<ReferenceStep> steps = new ArrayList<>();
    private int batchesOfEpoch;
    private long epochs;

    ReferenceExecution(Plan plan, @Nullable ReferenceStore store, ReferenceOptions options) {
        this.plan = plan;
        this.store = store;
        this.options = options;
        this.time = new ReferenceTime(options.clock());
    }

    void run() {
        build();
        Throwable failure = null;
        try {
            open();
            List<SourceReference.Reader> readers = readers();
            while (readers.stream().anyMatch(reader -> !reader.hasEnded())) {
                if (!readDue(readers) && !wakeDue()) {
                    jump(readers);
                }
            }
            endInput();
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            close(failure);
        }
    }

    private void build() {
        for (CoreStep step : plan.coreSteps()) {
            ReferenceStep built = step.operator().accept(new ReferenceSteps(step, time));
            for (Origin up : step.ups()) {
                steps.get(up.step()).addConsumer(up.port(), built);
            }
            steps.add(built);
        }
    }

    private void open() {
        if (store != null) {
            store.open();
            store.rename(plan.renames());
            time.runningFrom(store.runningMillis());
        }
        startEpoch();
        steps.forEach(step -> step.open(store));
        if (store != null) {
            store.checkAllIsTaken();
        }
        endActivation();
    }

    private List<SourceReference.Reader> readers() {
        List<SourceReference.Reader> readers = new ArrayList<>();
        for (ReferenceStep step : steps) {
            if (step instanceof SourceReference source) {
                readers.addAll(source.readers());
            }
        }
        return readers;
    }

    /** Gives each partition that is awake its turn; returns whether there was any. */
    private boolean readDue(List<SourceReference.Reader> readers) {
        boolean any = false;
        for (SourceReference.Reader reader : readers) {
            time.startActivation();
            if (!reader.hasEnded() && !reader.awake().isAfter(time.now())) {
                any = true;
                reader.read();
                endActivation();
                batchesOfEpoch++;
                if (batchesOfEpoch >= options.epochBatches()) {
                    endEpoch();
                }
            }
        }
        return any;
    }

    /** Lets logics act whose time has come; returns whether there were any. */
    private boolean wakeDue() {
        time.startActivation();
        if (wakeAtMillis() > time.nowMillis()) {
            return false;
        }
        endActivation();
        return true;
    }

    /** Nothing is to be done now, so it becomes later. */
    private void jump(List<SourceReference.Reader> readers) {
        Instant next = Instant.ofEpochMilli(wakeAtMillis());
        for (SourceReference.Reader reader : readers) {
            if (!reader.hasEnded() && reader.awake().isBefore(next)) {
                next = reader.awake();
            }
        }
        options.clock().advanceTo(next);
    }

    private long wakeAtMillis() {
        return steps.stream().mapToLong(ReferenceStep::wakeAtMillis).min().orElse(Long.MAX_VALUE);
    }

    private void endActivation() {
        steps.forEach(ReferenceStep::onActivationEnd);
        time.checkNothingRefused();
    }

    private void endInput() {
        time.startActivation();
        for (ReferenceStep step : steps) {
            step.onActivationEnd();
            step.onEndOfInput();
            if (step.endsEpoch()) {
                endEpoch();
                step.onActivationEnd();
            }
        }
        /* Dead letters of sinks go to sinks further on, which have all had their turn by now. */
        endEpoch();
        time.checkNothingRefused();
    }

    private void startEpoch() {
        epochs++;
        batchesOfEpoch = 0;
        time.startEpoch(store == null ? epochs : store.openEpoch());
    }

    private void endEpoch() {
        if (store != null) {
            ReferenceStore.Snapshots snapshots = store.snapshots();
            steps.forEach(step -> step.snapshot(snapshots));
            store.decide(time.epoch(), snapshots, time.runningMillis());
            steps.forEach(step -> step.onDecided(time.epoch()));
            steps.forEach(ReferenceStep::onDone);
        }
        startEpoch();
    }

    private void close(@Nullable Throwable failure) {
        for (ReferenceStep step : steps) {
            try {
                step.close();
            } catch (Throwable e) {
                if (failure == null) {
                    throw step.checks.threw("close", e);
                }
                failure.addSuppressed(e);
            }
        }
    }
}
