package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TestQueue;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TransactionalTarget;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Queues that deliver again, whatever crashes: nothing is lost, and with ids nothing is doubled.
 */
final class QueueTest {

    @SimulationTest(seeds = 300)
    void messageTakesEffectOnceHoweverOftenItComes(Simulation world) {
        List<Integer> items = items(world);
        TestQueue<Integer> queue = queue(world, items);
        var target = new TransactionalTarget<Integer>("a", "b");

        run(world, queue, target.withFaults(world.targetFaults()));

        assertThat(target.rows()).containsExactlyInAnyOrderElementsOf(items);
        assertThat(queue.unacknowledged()).isEmpty();
    }

    @SimulationTest(seeds = 300)
    void messageWithoutAnIdIsNotLost(Simulation world) {
        List<Integer> items = items(world);
        TestQueue<Integer> queue = queue(world, items);
        TestSink.Repeating<Integer> sink = TestSink.dynamic();

        run(world, queue.withoutIds(), sink);

        assertThat(sink.all()).containsAll(items);
        assertThat(queue.unacknowledged()).isEmpty();
    }

    private static void run(Simulation world, TestQueue<Integer> queue, Sink<Integer> sink) {
        var flow = Dataflow.named("flow");
        flow.input("in", queue).output("out", sink);
        world.keepRecovery();
        world.withoutReplays().run(flow);
    }

    /* What a crash leaves behind comes again when its time has run out. */
    private static TestQueue<Integer> queue(Simulation world, List<Integer> items) {
        TestQueue<Integer> queue = TestQueue.ofElements(items);
        return queue.withOptions(queue.options().withBatchMessages(1 + world.chance().below(5)))
                .withVisibility(Duration.ofMillis(500), world.clock())
                .withDisorder(world.seed());
    }

    private static List<Integer> items(Simulation world) {
        return IntStream.range(0, world.chance().below(40)).boxed().toList();
    }
}
