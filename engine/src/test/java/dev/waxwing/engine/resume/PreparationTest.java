package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.compile.Assembly;
import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.RunSetup;
import dev.waxwing.engine.compile.Shape;
import dev.waxwing.engine.site.HandThreads;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.HandEpochs;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PreparationTest {

    private static final int COLLECTIONS_MAX = 20;

    private final Dataflow flow = flow();

    @Test
    void whatWasRestoredIsLetGoWhenTheWorkerIsOpen() throws Exception {
        RunSetup setup = setup();
        WeakReference<RestoredState> restored =
                new WeakReference<>(Objects.requireNonNull(setup.state()));
        Worker worker = worker(setup);
        setup = null;

        while (!worker.open()) {
            assertThat(restored.get()).isNotNull();
        }
        for (int i = 0; i < COLLECTIONS_MAX && restored.get() != null; i++) {
            System.gc();
        }

        assertThat(restored.get()).isNull();
        worker.close();
    }

    private RunSetup setup() {
        Shape shape =
                new Shape(
                        1,
                        false,
                        new Channels(2, 1, Pace.of(1_000)),
                        new Shape.Chains(Shape.Stages.AS_NEEDED, false, false),
                        Owners.BY_HASH,
                        Openings.atOnce());
        return Preparation.resuming(
                        flow.plan(),
                        shape,
                        MemoryRecoveryStore.open(new MemoryDisk(), "flow", StoreOptions.defaults()),
                        CodecRegistry.empty(),
                        Map.of(),
                        Preparation.Start.newest())
                .setup();
    }

    private static Worker worker(RunSetup setup) {
        List<Signal> signals = List.of(() -> {});
        Host host =
                new Host(
                        Clock.system(),
                        new HandEpochs(),
                        HandThreads.lanes(),
                        new RingEdges(setup.shape().channels(), signals),
                        signals);
        return Assembly.workers(setup, host).get(0);
    }

    /* All kinds of steps that a worker keeps something of besides their links. */
    private static Dataflow flow() {
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a"))
                .map("map", word -> word)
                .onFailure(FailurePolicy.retry(2))
                .keyOn("key", word -> word)
                .onFailure(FailurePolicy.retry(2))
                .mapValue("value", word -> word)
                .onFailure(FailurePolicy.retry(2))
                .<Integer, Integer>statefulMap("count", (state, word) -> StateUpdate.keep(1, 1))
                .output("out", new TestSink<Integer>());
        return flow;
    }
}
