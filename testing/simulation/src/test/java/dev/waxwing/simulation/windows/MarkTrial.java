package dev.waxwing.simulation.windows;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A window step by the stream's clock behind steps that hold items, before and after the step that
 * gives the stream its time.
 *
 * @param inputs the partitions of each input; streams of several are merged
 * @param before steps that keep the order within a partition
 * @param after any steps that keep no item for longer than the mark behind it
 * @param outOfOrder by how many seconds readings may be out of order
 * @param lateSome whether some readings are out of order by more
 */
record MarkTrial(
        List<List<List<Reading>>> inputs,
        List<HoldingStep> before,
        List<HoldingStep> after,
        int outOfOrder,
        boolean lateSome) {

    static final int WINDOW_SECONDS = 10;

    private static final Duration NEVER = Duration.ofDays(1_000_000);

    /** What a trial gets from where it is run. */
    interface Place {

        Source<Reading> source(Map<String, List<Reading>> partitions);

        <T> HoldingStep.Later<T> later();
    }

    /**
     * The flow; results go to the first sink as {@code window: numbers}, late values to the second
     * as numbers.
     */
    Dataflow flow(Place place, Supplier<Sink<String>> sinks) {
        var flow = Dataflow.named("marks");
        List<Stream<Reading>> streams = new ArrayList<>();
        for (List<List<Reading>> partitions : inputs) {
            Map<String, List<Reading>> parts = new LinkedHashMap<>();
            partitions.forEach(part -> parts.put("p" + parts.size(), part));
            streams.add(flow.input("in-" + streams.size(), place.source(parts)));
        }
        Stream<Reading> all = streams.get(0);
        for (int i = 1; i < streams.size(); i++) {
            all = all.merge("merge-" + i, streams.get(i));
        }
        all = through("before", before, all, place);
        all =
                all.watermark(
                        "time",
                        Reading::at,
                        WatermarkOptions.outOfOrderBy(Duration.ofSeconds(outOfOrder))
                                .withIdleTimeout(NEVER));
        all = through("after", after, all, place);
        WindowOut<String, Reading, String> windows =
                all.keyOn("key", Reading::key)
                        .collectWindow(
                                "windows",
                                StreamClock.of(Reading::at),
                                TumblingWindower.of(Duration.ofSeconds(WINDOW_SECONDS)),
                                new Into<>(
                                        () -> "",
                                        (numbers, reading) -> numbers + reading.number() + " ",
                                        String::concat));
        windows.down()
                .map("result", (key, result) -> result.windowId() + ": " + result.value())
                .output("results", sinks.get());
        windows.late()
                .map("late-number", (key, late) -> String.valueOf(late.value().number()))
                .output("late", sinks.get());
        return flow;
    }

    private static Stream<Reading> through(
            String name, List<HoldingStep> steps, Stream<Reading> stream, Place place) {
        Stream<Reading> last = stream;
        for (int i = 0; i < steps.size(); i++) {
            last = steps.get(i).add(name + "-" + i, last, place.later());
        }
        return last;
    }

    List<Reading> readings() {
        return inputs.stream().flatMap(List::stream).flatMap(List::stream).toList();
    }

    /** Readings that are out of order by more than is allowed within their partition. */
    List<Integer> possiblyLate() {
        List<Integer> late = new ArrayList<>();
        for (List<List<Reading>> partitions : inputs) {
            for (List<Reading> part : partitions) {
                long newest = Long.MIN_VALUE / 2;
                for (Reading reading : part) {
                    if (reading.at().getEpochSecond() < newest - outOfOrder) {
                        late.add(reading.number());
                    }
                    newest = Math.max(newest, reading.at().getEpochSecond());
                }
            }
        }
        return late;
    }

    /** The same with less: fewer steps, then fewer readings, partitions and inputs. */
    List<MarkTrial> smaller() {
        List<MarkTrial> smaller = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            smaller.add(new MarkTrial(inputs, without(before, i), after, outOfOrder, lateSome));
        }
        for (int i = 0; i < after.size(); i++) {
            smaller.add(new MarkTrial(inputs, before, without(after, i), outOfOrder, lateSome));
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.size() > 1) {
                smaller.add(withInputs(without(inputs, i)));
            }
            for (int j = 0; j < inputs.get(i).size(); j++) {
                List<Reading> part = inputs.get(i).get(j);
                if (inputs.get(i).size() > 1) {
                    smaller.add(withInput(i, without(inputs.get(i), j)));
                }
                for (int chunk = (part.size() + 1) / 2; chunk > 0; chunk /= 2) {
                    for (int from = 0; from < part.size(); from += chunk) {
                        List<Reading> fewer = new ArrayList<>(part);
                        fewer.subList(from, Math.min(part.size(), from + chunk)).clear();
                        smaller.add(withInput(i, with(inputs.get(i), j, fewer)));
                    }
                }
            }
        }
        return smaller;
    }

    private MarkTrial withInput(int index, List<List<Reading>> partitions) {
        return withInputs(with(inputs, index, partitions));
    }

    private MarkTrial withInputs(List<List<List<Reading>>> others) {
        return new MarkTrial(others, before, after, outOfOrder, lateSome);
    }

    private static <E> List<E> without(List<E> all, int index) {
        List<E> fewer = new ArrayList<>(all);
        fewer.remove(index);
        return List.copyOf(fewer);
    }

    private static <E> List<E> with(List<E> all, int index, E element) {
        List<E> others = new ArrayList<>(all);
        others.set(index, element);
        return List.copyOf(others);
    }
}
