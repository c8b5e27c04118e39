package dev.waxwing.testing.operators;

import dev.waxwing.Dataflow;
import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.source.Source;
import dev.waxwing.testing.TestSink;

/** Dataflows around steps that keep state, for specs that run them more than once. */
final class StatefulFlows {

    private StatefulFlows() {}

    /** TextSteps from a stream of numbers to one of texts. */
    interface TextSteps
            extends Operator<KeyedStream<String, Integer>, KeyedStream<String, String>> {}

    /** A dataflow of a source of pairs, steps and a sink. */
    static Dataflow flow(
            Source<Keyed<String, Integer>> source,
            TextSteps steps,
            TestSink<Keyed<String, String>> out) {
        var flow = Dataflow.named("flow");
        steps.apply(
                        flow.input("in", source)
                                .<String>keyOn("key", Keyed::key)
                                .mapValue("value", Keyed::value))
                .<Keyed<String, String>>map("pairs", Keyed::new)
                .output("out", out);
        return flow;
    }
}
