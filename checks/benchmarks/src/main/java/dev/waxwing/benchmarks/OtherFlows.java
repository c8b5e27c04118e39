package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Dataflows that are not measured: they make call sites as polluted as in a real program. */
final class OtherFlows {

    private static final int BATCH_ITEMS = 256;

    private OtherFlows() {}

    /** Loads without a counterpart by hand. */
    static List<Load> all() {
        return IntStream.range(0, 4).mapToObj(OtherFlows::other).toList();
    }

    private static Load other(int which) {
        return new Load() {
            @Override
            public String name() {
                return "other " + which;
            }

            @Override
            public Dataflow flow(Run run) {
                Dataflow flow = Dataflow.named("other");
                Stream<Long> numbers =
                        flow.input("numbers", new LapSource<>(run, lap -> new Numbers(lap)));
                steps(which, numbers).output("tally", new TallySink<>(run, Long::longValue));
                return flow;
            }

            @Override
            public void byHand(Lap lap) {
                throw new UnsupportedOperationException("not measured");
            }
        };
    }

    private static Stream<Long> steps(int which, Stream<Long> numbers) {
        return switch (which) {
            case 0 ->
                    numbers.map("a", x -> x * 3)
                            .filter("b", x -> (x & 1) == 0)
                            .map("c", x -> x + 5);
            case 1 ->
                    numbers.flatMap("a", x -> List.of(x, x + 1))
                            .map("b", x -> x ^ 77)
                            .filter("c", x -> x % 11 != 3);
            case 2 ->
                    numbers.keyOn("a", x -> x % 1_000)
                            .statefulMap(
                                    "b",
                                    (@Nullable Long sum, Long x) ->
                                            StateUpdate.keep(sum == null ? x : sum + x, x))
                            .dropKey("c");
            default ->
                    numbers.map("a", x -> "item " + x % 5_000)
                            .keyOn("b", text -> text)
                            .statefulFlatMap(
                                    "c",
                                    (@Nullable String longest, String text) ->
                                            StateUpdate.keep(
                                                    text,
                                                    text.chars()
                                                            .boxed()
                                                            .limit(2)
                                                            .collect(Collectors.toList())))
                            .mapValue("d", Integer::longValue)
                            .dropKey("e");
        };
    }

    private static final class Numbers implements StatefulSourcePartition<Long, Long> {

        private final Lap lap;
        private long position;

        Numbers(Lap lap) {
            this.lap = lap;
            this.position = lap.first();
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Long> out) {
            if (!lap.goesOn(position)) {
                return SourceStatus.OPEN;
            }
            long end = lap.batchEnd(position, BATCH_ITEMS);
            for (long i = position; i < end; i++) {
                out.emit(i);
            }
            position = end;
            if (position < lap.end()) {
                return SourceStatus.OPEN;
            }
            lap.ends();
            return SourceStatus.ENDED;
        }

        @Override
        public Long snapshot() {
            return position;
        }
    }
}
