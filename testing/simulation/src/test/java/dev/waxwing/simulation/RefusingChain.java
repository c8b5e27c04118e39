package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.OutputStep;
import dev.waxwing.Stream;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.source.Source;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TargetFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A random chain of sinks: what one refuses goes to the next, over steps that hold items, and the
 * last takes all. Numbers that no sink has refused join some of them.
 */
final class RefusingChain {

    private static final int JOINING = 1_000;
    private static final Duration LONG = Duration.ofDays(1);
    private static final FailurePolicy AT_ONCE = FailurePolicy.deadLetter();
    private static final FailurePolicy AFTER_THREE =
            FailurePolicy.retry(3)
                    .withBackOff(Duration.ofMillis(1), Duration.ofMillis(5))
                    .withDeadLetters();

    private final Chance chance;
    private final TargetFaults faults;
    private final AsyncMapper<Integer, Integer> later;
    private final List<RefusingSink> sinks = new ArrayList<>();
    private final List<List<Integer>> expected = new ArrayList<>();
    private final StringBuilder description = new StringBuilder();

    /**
     * @param faults of the targets of epoch sinks
     * @param later returns its item, some time
     */
    RefusingChain(Chance chance, TargetFaults faults, AsyncMapper<Integer, Integer> later) {
        this.chance = chance;
        this.faults = faults;
        this.later = later;
    }

    Dataflow flow(Source<Integer> source, List<Integer> items) {
        var flow = Dataflow.named("flow");
        Stream<Integer> in = flow.input("in", source);
        Stream<Integer> stream = in;
        List<Integer> reaching = items;
        int count = chance.between(2, 4);
        for (int i = 0; i < count; i++) {
            if (i > 0 && chance.oneIn(4)) {
                int offset = JOINING * i;
                stream = stream.merge("joined-" + i, in.map("joining-" + i, n -> n + offset));
                reaching = new ArrayList<>(reaching);
                reaching.addAll(items.stream().map(n -> n + offset).toList());
                description.append("joined, ");
            }
            boolean last = i == count - 1;
            int level = i;
            OutputStep out = output(between(stream, i), i, last);
            expected.add(reaching.stream().filter(n -> last || !isRefused(n, level)).toList());
            if (!last) {
                reaching = reaching.stream().filter(n -> isRefused(n, level)).toList();
                stream = out.deadLetters().map("item-" + i, (DeadLetter d) -> (Integer) d.item());
            }
        }
        return flow;
    }

    /** Compares what the sinks have taken with what they should have. */
    void check() {
        for (int i = 0; i < sinks.size(); i++) {
            List<Integer> taken = sinks.get(i).items().get();
            List<Integer> found =
                    sinks.get(i).repeats() ? List.copyOf(new LinkedHashSet<>(taken)) : taken;
            assertThat(found)
                    .as("sink " + i + " of " + description)
                    .containsExactlyInAnyOrderElementsOf(expected.get(i));
        }
    }

    private OutputStep output(Stream<Integer> stream, int level, boolean last) {
        RefusingSink.Kind kind = chance.oneOf(RefusingSink.Kind.values());
        RefusingSink sink = RefusingSink.of(kind, n -> !last && isRefused(n, level), faults);
        sinks.add(sink);
        String name = "sink-" + level;
        OutputStep out =
                chance.oneIn(3) && sink.sink() instanceof EpochSink<Integer> epochs
                        ? stream.keyOn("key-" + level, n -> n % 3).output(name, epochs)
                        : stream.output(name, sink.sink());
        boolean batched = chance.oneIn(2) && kind.mayBeBatched();
        boolean triedAgain = chance.oneIn(3);
        FailurePolicy policy = triedAgain ? AFTER_THREE : AT_ONCE;
        description.append(kind).append(batched ? " batched" : "");
        description.append(triedAgain ? " at the third attempt, " : ", ");
        if (batched) {
            out = out.batched(BatchOptions.upTo(chance.oneOf(3, 1_000), LONG));
        }
        return last ? out : out.onFailure(policy);
    }

    private Stream<Integer> between(Stream<Integer> stream, int level) {
        String name = "between-" + level;
        int kind = chance.below(6);
        description.append(List.of("", "", "map", "held", "held and tried", "called").get(kind));
        description.append(" ");
        return switch (kind) {
            case 2 -> stream.map(name, n -> n);
            case 3 -> stream.flatMapBatch(name, List::copyOf);
            case 4 ->
                    stream.<Integer>flatMapBatch(name, List::copyOf)
                            .onFailure(FailurePolicy.retry(2));
            case 5 -> stream.mapAsync(name, later, AsyncOptions.defaults());
            default -> stream;
        };
    }

    private static boolean isRefused(int number, int level) {
        return (number * 31 + level * 17) / 3 % 2 == 0;
    }
}
