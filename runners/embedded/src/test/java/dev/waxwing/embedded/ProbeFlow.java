package dev.waxwing.embedded;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.WatermarkOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A dataflow that calls every kind of user code, with a point of the probe in each. */
final class ProbeFlow {

    private ProbeFlow() {}

    static Dataflow of(Probe probe) {
        Dataflow flow = Dataflow.named("flow");
        KeyedStream<String, Integer> keyed =
                flow.input("in", new ProbeSource(probe))
                        .merge("both", flow.input("dynamic-in", new ProbeSource.Dynamic(probe)))
                        .watermark(
                                "time",
                                number -> probe.at("timestamp", Instant.EPOCH),
                                WatermarkOptions.outOfOrderBy(Duration.ofSeconds(1)))
                        .map("map", number -> probe.at("map", number))
                        .flatMap(
                                "flat-map",
                                number -> probe.at("flatMap", elements(probe, List.of(number))))
                        .flatMapBatch("flat-map-batch", items -> probe.at("flatMapBatch", items))
                        .filter("filter", number -> probe.at("filter", true))
                        .filterMap("filter-map", number -> probe.at("filterMap", number))
                        .transform("kernel", new ProbeKernel(probe))
                        .keyOn("key", number -> probe.at("key", "k" + number % 2));
        KeyedStream<String, Integer> values =
                keyed.mapValue("map-value", number -> probe.at("mapValue", number))
                        .stateful(
                                "logic",
                                (LogicContext<String> context, @Nullable Integer state) -> {
                                    probe.at("logic.builder");
                                    return new ProbeLogic(probe, state);
                                })
                        .statefulMap(
                                "stateful-map",
                                (@Nullable Integer sum, Integer value) ->
                                        probe.at("statefulMap", StateUpdate.keep(value, value)))
                        .mapValueAsync(
                                "async",
                                number -> {
                                    probe.at("async.call");
                                    return CompletableFuture.completedFuture(number);
                                },
                                AsyncOptions.defaults());
        values.output("out", new ProbeSink(probe));
        values.map("entry", (key, value) -> probe.at("entry", value))
                .output("dynamic-out", new ProbeSink.Dynamic(probe));
        keyed.foldFinal(
                        "fold",
                        () -> probe.at("fold.initial", 0),
                        (sum, value) -> probe.at("fold.folder", value))
                .output("fold-out", new ProbeSink.Dynamic(Probe.sound()));
        return flow;
    }

    private static Iterable<Integer> elements(Probe probe, List<Integer> numbers) {
        return () -> {
            Iterator<Integer> each = numbers.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return probe.at("flatMap.hasNext", each.hasNext());
                }

                @Override
                public Integer next() {
                    return probe.at("flatMap.next", each.next());
                }
            };
        };
    }

    private static final class ProbeKernel implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Probe probe;
        private int worker;

        ProbeKernel(Probe probe) {
            this.probe = probe;
        }

        @Override
        public void open(StepContext context) {
            worker = context.workerIndex();
            probe.at("kernel.open");
            probe.opened("kernel " + worker);
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            probe.at("kernel.onItem");
            out.emit(item);
        }

        @Override
        public void onActivationEnd(Outputs<? super Integer> out) {
            probe.at("kernel.onActivationEnd");
        }

        @Override
        public void close() {
            probe.closed("kernel " + worker);
            probe.at("kernel.close");
        }
    }

    /** Passes values on and is notified after each. */
    private static final class ProbeLogic implements StatefulLogic<Integer, Integer, Integer> {

        private final Probe probe;
        private int last;
        private boolean wantsNotification;

        ProbeLogic(Probe probe, @Nullable Integer last) {
            this.probe = probe;
            this.last = Objects.requireNonNullElse(last, 0);
        }

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            probe.at("logic.onItem");
            last = value;
            wantsNotification = true;
            out.emit(value);
            return Retain.KEEP;
        }

        @Override
        public Retain onActivationEnd(Outputs<? super Integer> out) {
            return probe.at("logic.onActivationEnd", Retain.KEEP);
        }

        @Override
        public Retain onNotify(Outputs<? super Integer> out) {
            wantsNotification = false;
            return probe.at("logic.onNotify", Retain.KEEP);
        }

        @Override
        public Retain onEndOfInput(Outputs<? super Integer> out) {
            return probe.at("logic.onEndOfInput", Retain.KEEP);
        }

        @Override
        public @Nullable Instant notifyAt() {
            return probe.at("logic.notifyAt", wantsNotification ? Instant.EPOCH : null);
        }

        @Override
        public Integer snapshot() {
            return probe.at("logic.snapshot", last);
        }
    }
}
