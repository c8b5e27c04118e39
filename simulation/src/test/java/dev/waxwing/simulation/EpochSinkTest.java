package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.DeadLetter;
import dev.waxwing.FailurePolicy;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sinks that commit epochs, whatever crashes: each item is in the target once. */
final class EpochSinkTest {

    @SimulationTest(seeds = 300)
    void rowsOfATransactionalTargetAreThereOnce(Simulation world) {
        List<Integer> items = items(world);
        var target = new TransactionalTarget<Integer>(parts(world));

        run(world, items, target.withFaults(world.targetFaults()));

        assertThat(target.rows()).containsExactlyInAnyOrderElementsOf(items);
    }

    @SimulationTest(seeds = 300)
    void itemsOfAnIdempotentTargetAreThereOnce(Simulation world) {
        List<Integer> items = items(world);
        var target = new IdempotentTarget<Integer>(parts(world));

        run(world, items, target.withFaults(world.targetFaults()));

        assertThat(target.items()).containsExactlyInAnyOrderElementsOf(items);
    }

    @SimulationTest(seeds = 300)
    void itemsOfATwoPhaseTargetAreThereOnceAndNothingStaysStaged(Simulation world) {
        List<Integer> items = items(world);
        var target = new TwoPhaseTarget<Integer>(parts(world));

        run(world, items, target.withFaults(world.targetFaults()));

        assertThat(target.items()).containsExactlyInAnyOrderElementsOf(items);
        assertThat(target.staged()).isEmpty();
    }

    @SimulationTest(seeds = 300)
    void rejectedRowsAreDeadLettersOnceAndTheOthersAreInTheTargetOnce(Simulation world) {
        List<Integer> items = items(world);
        var target = new TransactionalTarget<Integer>(parts(world)).rejecting(n -> n % 3 == 0);
        var dead = new TransactionalTarget<Integer>("dead");
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", world.keyedSource(items, n -> n % 5))
                        .output("out", target.withFaults(world.targetFaults()))
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters()
                .map("item", (DeadLetter letter) -> (Integer) letter.item())
                .output("dead", dead.withFaults(world.targetFaults()));

        runIfRecoverable(world, flow);

        assertThat(target.rows())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(n -> n % 3 != 0).toList());
        assertThat(dead.rows())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(n -> n % 3 == 0).toList());
    }

    private static void run(Simulation world, List<Integer> items, EpochSink<Integer> sink) {
        boolean keyed = world.chance().oneIn(2);
        var flow = Dataflow.named("flow");
        var in = flow.input("in", world.keyedSource(items, n -> n % 5));
        if (keyed) {
            in.keyOn("key", n -> n % 7).output("out", sink);
        } else {
            in.output("out", sink);
        }
        runIfRecoverable(world, flow);
    }

    private static void runIfRecoverable(Simulation world, Dataflow flow) {
        world.keepRecovery();
        world.withoutReplays().run(flow);
    }

    private static List<Integer> items(Simulation world) {
        return new ArrayList<>(IntStream.range(0, world.chance().below(40)).boxed().toList());
    }

    private static String[] parts(Simulation world) {
        return world.chance()
                .oneOf(List.of("a"), List.of("a", "b"), List.of("a", "b", "c", "d"))
                .toArray(new String[0]);
    }
}
