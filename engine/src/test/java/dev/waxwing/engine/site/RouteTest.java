package dev.waxwing.engine.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.Outcome;
import dev.waxwing.testing.TwoPhaseTarget;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which partitions workers write to, in turn and where the host has another order. */
final class RouteTest {

    /** The last worker has the first partition. */
    private static final Owners BACKWARDS =
            new OfPartitions((partition, workers) -> workers - 1 - partition % workers);

    private static final Owners ALL_TO_THE_SECOND = new OfPartitions((partition, workers) -> 1);

    private record OfPartitions(IntBinaryOperator owner) implements Owners {

        @Override
        public int ofKey(Object key, int workers) {
            return 0;
        }

        @Override
        public int ofPartition(int partition, int workers) {
            return owner.applyAsInt(partition, workers);
        }

        @Override
        public int ofWorker(int earlier, int workers) {
            return 0;
        }
    }

    @Test
    void workerWritesToAPartitionThatItOwns() {
        assertThat(partitions(Owners.BY_HASH, 3, 2)).containsExactly(0, 1);
        assertThat(partitions(BACKWARDS, 3, 2)).containsExactly(1, 0);
        assertThat(partitions(BACKWARDS, 3, 3)).containsExactly(2, 1, 0);
    }

    @Test
    void workersThatOwnNoneShareThoseOfOthers() {
        assertThat(partitions(Owners.BY_HASH, 2, 5)).containsExactly(0, 1, 0, 1, 0);
        assertThat(partitions(BACKWARDS, 2, 4)).containsExactly(0, 1, 1, 0);
    }

    @Test
    void eachWorkerOwnsOneIfThereAreAsManyAndNoneIsLeftOut() {
        assertThat(Route.eachOwnsOne(Owners.BY_HASH, 3, 3)).isTrue();
        assertThat(Route.eachOwnsOne(Owners.BY_HASH, 2, 3)).isFalse();
        assertThat(Route.eachOwnsOne(ALL_TO_THE_SECOND, 3, 2)).isFalse();
    }

    @Test
    void itemWithoutAKeyStaysAtAWorkerThatOwnsAPartition() {
        Route route = routeOfTheFirst(BACKWARDS);

        assertThat(route.worker(null, 2)).isEqualTo(0);
    }

    @Test
    void itemWithoutAKeyGoesToTheOwnerOfAPartitionOtherwise() {
        Route route = routeOfTheFirst(ALL_TO_THE_SECOND);

        assertThat(route.worker(null, 2)).isEqualTo(1);
    }

    /* Of two workers. */
    private static Route routeOfTheFirst(Owners owners) {
        HandWorker worker = new HandWorker();
        worker.count = 2;
        CoreStep step = HandParts.of("flow.out", staged -> Outcome.committed()).step();
        var sink = new TwoPhaseTarget<String>("a", "b", "c");
        return Route.byPartition(owners, sink, 3, new StepSite(step, worker, new HandStage()));
    }

    private static int[] partitions(Owners owners, int partitions, int workers) {
        return IntStream.range(0, workers)
                .map(each -> Route.unkeyedPart(owners, partitions, each, workers))
                .toArray();
    }
}
