package dev.waxwing.simulation;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.engine.resume.Preparation;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.testing.CrashException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Executions of a plan on one disk, one after another, until one has come to the end of input. */
final class Generations {

    private static final int EXECUTIONS_MAX = 10_000;

    /** Time is looked at often, so that it often runs out. */
    private static final int LOOK_ITEMS = 2;

    private final World world;
    private final CodecRegistry classes;
    private final MemoryDisk disk = new MemoryDisk(new UUID(0, 1));
    private int executions;

    Generations(World world, CodecRegistry classes) {
        this.world = world;
        this.classes = classes;
    }

    /**
     * How an execution is run.
     *
     * @param epochMillis between the ends of epochs, 0 for after every batch
     */
    record Setting(int workers, long epochMillis, int ringBatches, int batchItems, boolean copies) {

        Shape shape() {
            Pace pace = Pace.of(epochMillis).lookingEvery(LOOK_ITEMS);
            return new Shape(
                    workers,
                    epochMillis == 0,
                    new Channels(ringBatches, batchItems, pace),
                    new Shape.Chains(Shape.Stages.AS_NEEDED, copies, true),
                    Owners.BY_HASH,
                    Openings.atOnce());
        }

        /** As the seed wants it, each time. */
        static Setting of(World world) {
            Chance chance = world.chance();
            Hazards hazards = world.hazards();
            return new Setting(
                    chance.between(1, hazards.workersMax()),
                    chance.oneOf(0, 0, 1, 10, 100, 1_000),
                    chance.oneOf(2, 2, 4),
                    chance.between(1, hazards.batchItemsMax()),
                    hazards.copyClasses());
        }
    }

    int executions() {
        return executions;
    }

    MemoryDisk disk() {
        return disk;
    }

    void run(Plan plan, Supplier<Setting> settings) throws Throwable {
        for (int i = 0; i < EXECUTIONS_MAX; i++) {
            executions++;
            Setting setting = settings.get();
            world.trace().event("execution of so many workers", setting.workers());
            world.sinks().forEach(SimulatedSink::onStart);
            if (completes(plan, setting)) {
                return;
            }
        }
        throw new AssertionError(
                "no execution of " + EXECUTIONS_MAX + " has come to the end of input");
    }

    private boolean completes(Plan plan, Setting setting) throws Throwable {
        SimulatedExecution.Ending ending;
        try {
            ending = execute(plan, setting);
        } catch (Throwable thrown) {
            if (!CrashException.caused(thrown)) {
                throw thrown;
            }
            ending = SimulatedExecution.Ending.CUT_SHORT;
        } finally {
            disk.crash();
        }
        if (ending == SimulatedExecution.Ending.KILLED) {
            world.sinks().forEach(SimulatedSink::onPowerLoss);
        }
        return ending == SimulatedExecution.Ending.COMPLETED;
    }

    private SimulatedExecution.Ending execute(Plan plan, Setting setting) throws Throwable {
        if (!world.hazards().store().isThere()) {
            Preparation preparation = Preparation.withoutRecovery(plan, setting.shape(), 0);
            return new SimulatedExecution(world, preparation, setting.epochMillis()).run();
        }
        StoreOptions options =
                StoreOptions.defaults()
                        .withRetention(world.hazards().store().retention())
                        .withWorkers(setting.workers())
                        .withClock(world.clock())
                        .withTokens(this::token)
                        .withFormerName(plan.formerDataflowName());
        MemoryRecoveryStore store =
                MemoryRecoveryStore.open(disk, plan.dataflowName(), options, world);
        Preparation preparation =
                Preparation.resuming(
                        plan,
                        setting.shape(),
                        store,
                        classes,
                        Map.of(),
                        new Preparation.Start(replayFrom(store), false, false, Set.of()));
        Preparation traced =
                new Preparation(
                        preparation.setup(),
                        traced(preparation.store()),
                        preparation.resumeEpoch(),
                        preparation.doneEpoch());
        SimulatedExecution.Ending ending =
                new SimulatedExecution(world, traced, setting.epochMillis()).run();
        if (ending != SimulatedExecution.Ending.KILLED) {
            store.close();
        }
        return ending;
    }

    private UUID token() {
        return new UUID(world.chance().bits(), world.chance().bits());
    }

    private long replayFrom(MemoryRecoveryStore store) {
        List<Long> restorable =
                store.epochs().stream()
                        .filter(EpochRecord::restorable)
                        .map(EpochRecord::epoch)
                        .toList();
        if (restorable.isEmpty() || !world.isReplayDue()) {
            return 0;
        }
        long epoch = world.chance().oneOf(restorable);
        world.trace().event("replays from epoch", epoch);
        return epoch;
    }

    /** What is decided is part of the trace, so that equal traces mean equal snapshots. */
    private EpochStore traced(EpochStore store) {
        return new EpochStore() {
            @Override
            public void decide(long epoch, List<StatePage> pages, long ranMillis) {
                for (StatePage page : pages) {
                    world.trace().event("page", Arrays.hashCode(page.data()));
                }
                world.trace().event("decides epoch", epoch);
                store.decide(epoch, pages, ranMillis);
            }

            @Override
            public void done(long epoch) {
                store.done(epoch);
            }
        };
    }
}
