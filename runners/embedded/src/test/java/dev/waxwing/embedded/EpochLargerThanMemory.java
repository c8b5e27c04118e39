package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A process that writes one epoch of a size that its memory cannot hold. */
final class EpochLargerThanMemory {

    private static final int ROWS = 150_000;
    private static final int ROW_CHARACTERS = 1_000;
    private static final int FAN_OUT = 150;

    /** A source item becomes a row. */
    static final String ONE_EACH = "one each";

    /** A source item becomes many rows. */
    static final String MANY_EACH = "many each";

    private EpochLargerThanMemory() {}

    /** Characters of all rows together. */
    static long characters() {
        return (long) ROWS * ROW_CHARACTERS;
    }

    public static void main(String[] arguments) throws Exception {
        var flow = Dataflow.named("flow");
        rows(flow, arguments[1]).output("out", new Measuring());
        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(
                                RecoveryOptions.in(Path.of(arguments[0]))
                                        .withEpochInterval(Duration.ofDays(1))));
    }

    /* Of a source item becomes one row, or so many that a batch of the source is larger than the memory. */
    private static Stream<String> rows(Dataflow flow, String kind) {
        if (kind.equals(ONE_EACH)) {
            List<Integer> numbers = IntStream.range(0, ROWS).boxed().toList();
            return flow.input("in", TestSource.<Integer>ofElements(numbers).withBatchItems(100))
                    .map("row", EpochLargerThanMemory::row);
        }
        List<Integer> numbers = IntStream.range(0, ROWS / FAN_OUT).boxed().toList();
        return flow.input("in", TestSource.<Integer>ofElements(numbers).withBatchItems(1_000))
                .<String>flatMap(
                        "rows",
                        n ->
                                () ->
                                        Collections.nCopies(FAN_OUT, n).stream()
                                                .map(EpochLargerThanMemory::row)
                                                .iterator());
    }

    private static String row(int number) {
        return (number + " ").repeat(ROW_CHARACTERS).substring(0, ROW_CHARACTERS);
    }

    /** Tells how much it was given in an epoch. */
    private record Measuring() implements EpochSink<String> {

        @Override
        public List<String> listParts() {
            return List.of("a");
        }

        @Override
        public TransactionalPartition<String> buildPart(String stepId, String forPart) {
            return new TransactionalPartition<>() {
                @Override
                public @Nullable Marker claim(Owner owner) {
                    return null;
                }

                @Override
                public void apply(Commit commit, List<String> rows) {
                    long characters = 0;
                    for (String row : rows) {
                        characters += row.length();
                    }
                    System.out.println("epoch " + commit.epoch() + ": " + characters);
                }
            };
        }
    }
}
