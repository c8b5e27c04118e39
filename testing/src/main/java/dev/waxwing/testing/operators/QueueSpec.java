package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waxwing.Dataflow;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.QueueSource;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.IdempotentTarget;
import dev.waxwing.testing.TestItems;
import dev.waxwing.testing.TestQueue;
import dev.waxwing.testing.TestSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code input} does with a queue that delivers again, on any runner. */
public abstract class QueueSpec extends OperatorSpec {

    @Test
    void everyMessageIsReadOnceAndAcknowledged() {
        inEachMode(
                world -> {
                    TestQueue<Integer> queue = queue(world, 1, 2, 3, 4, 5);

                    assertThat(read(world, queue)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void messageTakesEffectOnceThoughItComesAgainAfterACrash() {
        inEachMode(
                world -> {
                    TestQueue<Integer> queue = queue(world, 1, 2, crash(), 3, crash(), crash(), 4);

                    assertThat(read(world, queue)).containsExactlyInAnyOrder(1, 2, 3, 4);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void messageTakesEffectOnceInAnyOrderAndHoweverOftenItComes() {
        long seed = new Random().nextLong();
        System.out.println("QueueSpec seed " + seed);
        inEachMode(
                world -> {
                    List<Integer> items = IntStream.range(0, 30).boxed().toList();
                    List<Object> elements = new ArrayList<>(items);
                    elements.add(20, crash());
                    elements.add(10, crash());
                    TestQueue<Integer> queue = queueOf(world, elements).withDisorder(seed);

                    assertThat(read(world, queue)).containsExactlyInAnyOrderElementsOf(items);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void messageOfAProcessThatWasKilledComesAgainWhenItsTimeHasRunOut() {
        inModes(
                SpecMode::isPlain,
                world -> {
                    TestQueue<Integer> queue =
                            queue(world, 1, 2, crash(), 3)
                                    .withVisibility(Duration.ofMillis(50), world.clock());

                    assertThat(read(world, queue)).containsExactlyInAnyOrder(1, 2, 3);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void messageWithoutAnIdIsNotLost() {
        inEachMode(
                world -> {
                    TestQueue<Integer> queue = queue(world, 1, 2, crash(), 3, crash(), 4);
                    TestSink.Repeating<Integer> sink = TestSink.dynamic();

                    run(world, queue.withoutIds(), sink);

                    assertThat(sink.all()).contains(1, 2, 3, 4);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void nothingIsAcknowledgedBeforeItsSinkHasIt() {
        inEachMode(
                world -> {
                    TestQueue<Integer> queue = queue(world, 1, 2, 3);
                    var target = new IdempotentTarget<Integer>("a", "b");
                    var down =
                            target.withFaults(
                                    point -> {
                                        throw new IOException("target is down");
                                    });

                    Throwable failure = catchThrowable(() -> run(world, queue, down));
                    assertThat(failure).hasMessageContaining("target is down");
                    assertThat(queue.unacknowledged()).containsExactly(1, 2, 3);
                    run(world, queue, target);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2, 3);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void queueIsReadOnThoughFewMessagesMayBeUnderWay() {
        inModes(
                SpecMode::epochAfterEachBatch,
                world -> {
                    TestQueue<Integer> queue = queue(world, 1, 2, 3, 4, 5, 6, 7);
                    QueueSource.Options two = queue.options().withUnacknowledgedMax(2);

                    assertThat(read(world, queue.withOptions(two)))
                            .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
                    assertThat(queue.unacknowledged()).isEmpty();
                });
    }

    @Test
    void messagesAreHeldWhileTheirTargetIsDownAndSourcesPause() {
        inModes(
                mode ->
                        mode.epochAfterEachBatch()
                                && !mode.restoreAfterEachBatch()
                                && mode.workers() == 1,
                world -> {
                    Duration visibility = Duration.ofMillis(400);
                    TestQueue<Integer> queue =
                            queue(world, 1, 2, 3, 4, 5, 6, 7, 8)
                                    .withVisibility(visibility, world.clock());
                    QueueSource.Options extending =
                            queue.options()
                                    .withBatchMessages(1)
                                    .withExtendEvery(Duration.ofMillis(100));
                    var target = new IdempotentTarget<Integer>("a");
                    var failures = new AtomicInteger();
                    var down =
                            target.withFaults(
                                    point -> {
                                        if (failures.incrementAndGet() < 50) {
                                            throw new IOException("target is down");
                                        }
                                    });
                    var flow = Dataflow.named("flow");
                    flow.input("in", queue.withOptions(extending))
                            .output("out", down)
                            .onFailure(
                                    FailurePolicy.retry(1_000)
                                            .withBackOff(
                                                    Duration.ofMillis(50), Duration.ofMillis(50)));

                    world.run(flow);

                    assertThat(target.items()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
                    assertThat(queue.deliveries()).isEqualTo(8);
                });
    }

    private static TestQueue<Integer> queue(SpecWorld world, Object... elements) {
        return queueOf(world, List.of(elements));
    }

    /* In the mode's batches, with its crashes in between. */
    private static TestQueue<Integer> queueOf(SpecWorld world, List<?> elements) {
        List<Object> hostile = new ArrayList<>();
        for (Object element : elements) {
            hostile.add(element);
            if (world.mode().restoreAfterEachBatch() && !(element instanceof TestItems.Mark)) {
                hostile.add(crash());
            }
        }
        TestQueue<Integer> queue = TestQueue.ofElements(hostile);
        return queue.withOptions(
                queue.options().withBatchMessages(world.mode().sourceBatchItems()));
    }

    private static List<Integer> read(SpecWorld world, TestQueue<Integer> queue) throws Exception {
        var sink = new TestSink<Integer>();
        run(world, queue, sink);
        return sink.committed();
    }

    private static void run(SpecWorld world, TestQueue<Integer> queue, Sink<Integer> sink)
            throws Exception {
        var flow = Dataflow.named("flow");
        flow.input("in", queue)
                .output("out", sink)
                .onFailure(FailurePolicy.retry(2).withBackOff(Duration.ZERO, Duration.ZERO));
        world.run(flow);
    }
}
