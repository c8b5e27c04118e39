package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.source.Source;
import dev.waxwing.state.StateUpdate;
import org.jspecify.annotations.Nullable;

/** Sums of numbers by their last digit: the dataflow that recovery tests run. */
final class Tallies {

    private Tallies() {}

    /** Emits each new sum. */
    static KeyedStream<Integer, Integer> of(Dataflow flow, Source<Integer> source) {
        return flow.input("in", source)
                .keyOn("key", number -> number % 10)
                .statefulMap(
                        "sum",
                        (@Nullable Integer sum, Integer number) -> {
                            int now = (sum == null ? 0 : sum) + number;
                            return StateUpdate.keep(now, now);
                        });
    }
}
