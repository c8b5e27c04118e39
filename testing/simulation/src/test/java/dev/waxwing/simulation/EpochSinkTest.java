package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TransactionalTarget;
import dev.waxwing.testing.TwoPhaseTarget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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

        runWithDeadLetters(world, items, target, dead.withFaults(world.targetFaults()));

        assertThat(target.rows())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(n -> n % 3 != 0).toList());
        assertThat(dead.rows())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(n -> n % 3 == 0).toList());
    }

    @SimulationTest(seeds = 300)
    void rejectedRowsGoToATwoPhaseTargetOnce(Simulation world) {
        List<Integer> items = items(world);
        var target = new TransactionalTarget<Integer>(parts(world)).rejecting(n -> n % 3 == 0);
        var dead = new TwoPhaseTarget<Integer>("dead");

        runWithDeadLetters(world, items, target, dead.withFaults(world.targetFaults()));

        assertThat(dead.items())
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().filter(n -> n % 3 == 0).toList());
        assertThat(dead.staged()).isEmpty();
    }

    @SimulationTest(seeds = 300)
    void deadLettersOfAStepAreInAnEpochSinkOnceWhateverItsContract(Simulation world) {
        List<Integer> items = items(world);
        var rows = new TransactionalTarget<Integer>("a");
        var sent = new IdempotentTarget<Integer>("a");
        var staged = new TwoPhaseTarget<Integer>("a");
        var flow = Dataflow.named("flow");
        var halves =
                flow.input("in", world.keyedSource(items, n -> n % 5))
                        .map("half", EpochSinkTest::half)
                        .onFailure(FailurePolicy.deadLetter());
        halves.output("out", new TransactionalTarget<Integer>("a"));
        var odd = halves.deadLetters().map("item", (DeadLetter letter) -> (Integer) letter.item());
        odd.output("rows", rows.withFaults(world.targetFaults()));
        odd.output("sent", sent.withFaults(world.targetFaults()));
        odd.output("staged", staged.withFaults(world.targetFaults()));

        runIfRecoverable(world, flow);

        List<Integer> expected = items.stream().filter(n -> n % 2 == 1).toList();
        assertThat(rows.rows()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(sent.items()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(staged.items()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @SimulationTest(seeds = 300)
    void declaredReplaysLoseNothingWhateverTheContract(Simulation world) {
        List<Integer> items = items(world);
        var rows = new TransactionalTarget<Integer>("a");
        var sent = new IdempotentTarget<Integer>("a");
        var staged = new TwoPhaseTarget<Integer>("a");
        var flow = Dataflow.named("flow");
        var in = flow.input("in", world.source(items));
        in.output("rows", rows.withFaults(world.targetFaults()));
        in.output("sent", sent.withFaults(world.targetFaults()));
        in.output("staged", staged.withFaults(world.targetFaults()));

        world.keepRecovery();
        world.keepSnapshots();
        world.run(flow);

        assertThat(firsts(rows.rows())).isEqualTo(items);
        assertThat(firsts(sent.items())).isEqualTo(items);
        assertThat(firsts(staged.items())).isEqualTo(items);
        assertThat(staged.staged()).isEmpty();
    }

    /* What a replay writes again comes behind what was there before. */
    private static List<Integer> firsts(List<Integer> written) {
        return List.copyOf(new LinkedHashSet<>(written));
    }

    private static Integer half(Integer number) {
        if (number % 2 == 1) {
            throw new IllegalArgumentException(number + " is odd");
        }
        return number / 2;
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

    private static void runWithDeadLetters(
            Simulation world,
            List<Integer> items,
            TransactionalTarget<Integer> target,
            EpochSink<Integer> dead) {
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", world.keyedSource(items, n -> n % 5))
                        .output("out", target.withFaults(world.targetFaults()))
                        .onFailure(FailurePolicy.deadLetter());
        out.deadLetters()
                .map("item", (DeadLetter letter) -> (Integer) letter.item())
                .output("dead", dead);
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
