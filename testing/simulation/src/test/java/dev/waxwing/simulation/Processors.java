package dev.waxwing.simulation;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.compile.Assembly;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.delivery.Delivery;
import dev.waxwing.engine.delivery.Lane;
import dev.waxwing.engine.epoch.Coordinator;
import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.FaultHook;
import dev.waxwing.recovery.store.StoreOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An execution in which each worker, and the coordinator, has a processor: time passes in users'
 * functions, for the one that calls them, and hardly elsewhere. Whoever can go on first does.
 */
final class Processors {

    /*
     * What somebody does is seen by the others as soon as they go on, which may be before it is done: by the length of
     * an item at most.
     */
    private static final long MILLI = 1_000_000;
    private static final long STEP_NANOS = 1_000;
    private static final long STEPS_MAX = 20_000_000;

    private final int workerCount;
    private final long intervalMillis;
    private final MemoryDisk disk;
    private final List<Processor> all = new ArrayList<>();
    private final List<Long> decisions = new ArrayList<>();
    private Processor running;

    /**
     * @param disk where the execution goes on
     */
    Processors(int workerCount, long intervalMillis, MemoryDisk disk) {
        this.workerCount = workerCount;
        this.intervalMillis = intervalMillis;
        this.disk = disk;
        for (int i = 0; i <= workerCount; i++) {
            all.add(new Processor());
        }
        running = all.get(0);
    }

    /** Passes an item on after a time. */
    <T> T take(long nanos, T item) {
        running.nowNanos += nanos;
        return item;
    }

    /** Runs until so many epochs are decided; returns when they were, in milliseconds. */
    List<Long> decisions(Plan plan, int epochs) {
        MemoryRecoveryStore store =
                MemoryRecoveryStore.open(
                        disk, plan.dataflowName(), StoreOptions.defaults(), FaultHook.NONE);
        Preparation preparation =
                Preparation.resuming(
                        plan,
                        new Shape(
                                workerCount,
                                false,
                                new Channels(16, 512, Pace.of(intervalMillis)),
                                new Shape.Chains(Shape.Stages.AS_NEEDED, false, false),
                                Owners.BY_HASH,
                                Openings.atOnce()),
                        store,
                        CodecRegistry.empty(),
                        Map.of(),
                        new Preparation.Start(0, true, false, Set.of()));
        List<Signal> signals = new ArrayList<>(all.subList(1, all.size()));
        Clock clock =
                Clock.virtual(
                        () -> running.nowNanos, () -> Instant.EPOCH.plusNanos(running.nowNanos));
        Processor self = all.get(0);
        var delivery =
                new Delivery(
                        Processors::noLane,
                        self,
                        preparation.setup().deliveryParts(),
                        preparation.doneEpoch());
        var coordinator =
                new Coordinator(
                        preparation.setup().beginning(),
                        intervalMillis,
                        clock,
                        noting(preparation.store()),
                        delivery,
                        new Coordinator.Signals(signals, self));
        self.turn = coordinator::step;
        List<Worker> workers =
                Assembly.workers(
                        preparation.setup(),
                        new Host(
                                clock,
                                coordinator,
                                Processors::noLane,
                                new RingEdges(preparation.setup().shape().channels(), signals),
                                signals));
        for (int i = 0; i < workerCount; i++) {
            Worker worker = workers.get(i);
            all.get(i + 1).turn = () -> worker.open() ? begin(worker) : Long.MIN_VALUE;
        }
        for (long steps = 0; decisions.size() < epochs; steps++) {
            if (steps > STEPS_MAX) {
                throw new AssertionError("only these epochs are decided: " + decisions);
            }
            step();
        }
        workers.forEach(Worker::close);
        store.close();
        return decisions;
    }

    private long begin(Worker worker) {
        running.turn = worker::step;
        return Long.MIN_VALUE;
    }

    private void step() {
        running = all.stream().min(Comparator.comparingLong(Processor::readyNanos)).orElseThrow();
        running.step();
    }

    private EpochStore noting(EpochStore store) {
        return new EpochStore() {
            @Override
            public void decide(long epoch, List<StatePage> pages, long ranMillis) {
                store.decide(epoch, pages, ranMillis);
                decisions.add(running.nowNanos / MILLI);
            }

            @Override
            public void done(long epoch) {
                store.done(epoch);
            }
        };
    }

    private static Lane noLane(String name, String stepId) {
        throw new AssertionError("nothing of this dataflow may block, but " + name);
    }

    /** What somebody does when it is his turn; returns when the next is due. */
    private interface Turn {
        long step() throws Exception;
    }

    private final class Processor implements Signal {

        private Turn turn = () -> Long.MAX_VALUE;
        private long nowNanos;
        private long dueMillis = Long.MIN_VALUE;
        private long wokenNanos = Long.MAX_VALUE;

        @Override
        public void wake() {
            wokenNanos = Math.min(wokenNanos, running.nowNanos);
        }

        long readyNanos() {
            long dueNanos =
                    dueMillis >= Long.MAX_VALUE / MILLI
                            ? Long.MAX_VALUE
                            : Math.max(dueMillis, 0) * MILLI;
            return Math.max(nowNanos, Math.min(dueNanos, wokenNanos));
        }

        void step() {
            nowNanos = readyNanos();
            wokenNanos = Long.MAX_VALUE;
            try {
                dueMillis = turn.step();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            nowNanos += STEP_NANOS;
        }
    }
}
