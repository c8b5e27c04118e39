package dev.waxwing.plan;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.Stream;
import dev.waxwing.function.Order;
import dev.waxwing.function.TypeRef;
import dev.waxwing.join.Interval;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Timestamps;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.source.Source;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.state.StatefulBatchLogic;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.CacheOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.ThrottleOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.SystemClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowLogic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A dataflow in which each operator of streams occurs. */
final class EveryOperator {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final StreamClock<String> CLOCK = StreamClock.of(EveryOperator::at);

    private final Dataflow flow = Dataflow.named("flow");
    private final Stream<String> words = flow.input("in", Fixtures.<String>source());
    private final KeyedStream<String, String> keyed = words.keyOn("key", word -> word);

    private EveryOperator() {}

    static Plan plan() {
        var every = new EveryOperator();
        every.stateless();
        every.values();
        every.stateful();
        every.running();
        every.finals();
        every.windows();
        every.windowsOfAll();
        every.joins();
        return every.flow.plan();
    }

    private static Instant at(String word) {
        return Instant.EPOCH.plusSeconds(word.length());
    }

    private void stateless() {
        var numbers =
                words.flatMap("split", line -> List.of(line.split(" ")))
                        .filter("some", word -> !word.isEmpty())
                        .filterMap("length", word -> word.isEmpty() ? null : word.length())
                        .flatMapBatch("batch", batch -> batch)
                        .inspect("look", (id, n) -> {})
                        .inspectDebug("stare", (id, n, epoch, worker) -> {})
                        .watermark(
                                "time",
                                n -> Instant.EPOCH.plusSeconds(n),
                                WatermarkOptions.outOfOrderBy(SECOND))
                        .map("risky", n -> 10 / n)
                        .onFailure(FailurePolicy.deadLetter());
        numbers.deadLetters().output("dead", Fixtures.sink());
        flow.input("given", Source.of(1, 2)).forEach("show", n -> {});
        keyed.forEach("show-pair", (key, word) -> {});
        var sides = numbers.branch("sides", n -> n > 1);
        sides.trues()
                .<Integer, Integer, Integer>enrichCached(
                        "enrich", n -> n, (cache, n) -> cache.get(n), CacheOptions.entries(3))
                .mapAsync("call", CompletableFuture::completedFuture, AsyncOptions.defaults())
                .merge("both", sides.falses())
                .redistribute("spread")
                .output("numbers", Fixtures.sink());
        words.map("letters", word -> List.of(word.split("")))
                .flatten("flat", String.class)
                .outputs("all", Map.of("one", Fixtures.sink(), "two", Fixtures.sink()));
    }

    private void values() {
        keyed.mapValue("v", String::length)
                .filterValue("fv", n -> n > 0)
                .flatMapValue("fmv", n -> List.of(n, n))
                .filterMapValue("fpv", n -> n)
                .mapValueAsync(
                        "call-v", CompletableFuture::completedFuture, AsyncOptions.defaults())
                .merge("both-v", keyed.mapValue("w", String::length))
                .<Long, Long>statefulMap(
                        "total",
                        (Long total, Integer n) -> StateUpdate.keep(n + 1L, n + 1L),
                        StateOptions.expireAfter(Duration.ofDays(1)))
                .formerly("sum")
                .dropKey("plain")
                .output("totals", Fixtures.sink());
        keyed.outputs("all-v", Map.of("one", Fixtures.sink()));
        var sides = keyed.branchValue("sides-v", word -> word.length() > 1);
        sides.falses().raises("never-v");
        sides.trues()
                .inspect("look-v", (id, pair) -> {})
                .inspectDebug("stare-v", (id, pair, epoch, worker) -> {})
                .<String, String, String>enrichCached(
                        "enrich-v",
                        word -> word,
                        (cache, pair) -> cache.get(pair.key()),
                        CacheOptions.entries(3))
                .watermark("time-v", EveryOperator::at, WatermarkOptions.outOfOrderBy(SECOND))
                .redistribute("spread-v")
                .keyOn("by-length", (key, word) -> key.length() + word.length())
                .countFinal("lengths")
                .output("lengths-out", Fixtures.sink());
        keyed.collect("lists", CollectOptions.upTo(3, SECOND))
                .map("pair", (key, list) -> key + list)
                .output("pairs", Fixtures.sink());
    }

    private void stateful() {
        keyed.<String, String>stateful("logic", (context, last) -> new LastLogic(last));
        keyed.<String, String>statefulBatch("batches", (context, last) -> new LastOfBatch(last));
        keyed.<Long, String>statefulMap("plain-map", (last, word) -> StateUpdate.keep(word, 1L));
        keyed.<String, String>statefulFlatMap(
                "many", (last, word) -> StateUpdate.keep(word, List.of(word)));
        keyed.<String, String>statefulFlatMap(
                "expiring",
                (last, word) -> StateUpdate.keep(word, List.of(word)),
                StateOptions.expireAfter(SECOND));
        Operator<KeyedStream<String, String>, KeyedStream<String, Long>> own =
                up -> up.countFinal("counted");
        keyed.then("own", own);
    }

    private void running() {
        keyed.scan("running-length", () -> 0, (sum, word) -> sum + word.length())
                .output("running-lengths", Fixtures.sink());
        keyed.reduce("running-longest", (left, right) -> left);
        keyed.count("running-count");
        keyed.limit("few", 3);
        words.limit("few-words", 3).output("few-out", Fixtures.sink());
        words.throttle("slow", ThrottleOptions.upTo(3, SECOND)).output("slow-out", Fixtures.sink());
        keyed.distinct("first").output("firsts", Fixtures.sink());
        keyed.distinct("first-of-the-day", StateOptions.expireAfter(Duration.ofDays(1)));
        words.distinct("words", word -> word).output("all-words", Fixtures.sink());
        words.distinct("words-of-the-second", word -> word, StateOptions.expireAfter(SECOND));
    }

    private void finals() {
        keyed.countFinal("count").dropKey("counts").raises("never");
        keyed.reduceFinal("longest", (left, right) -> left)
                .state(new TypeRef<List<String>>() {})
                .output("longest-out", Fixtures.sink());
        keyed.foldFinal("fold", () -> 0, (sum, word) -> sum + word.length());
        keyed.maxFinal("max", Order.by(String::length));
        keyed.minFinal("min", (left, right) -> left.compareTo(right));
    }

    private void windows() {
        var tens = TumblingWindower.of(Duration.ofSeconds(10));
        keyed.<String, String>window("w-logic", CLOCK, tens, last -> new LastOfWindow());
        keyed.countWindow("w-count", SystemClock.now(), tens);
        keyed.foldWindow("w-fold", CLOCK, tens, () -> 0, (n, word) -> n + 1, Integer::sum);
        keyed.reduceWindow("w-reduce", CLOCK, CountWindower.of(3), (left, right) -> left);
        keyed.collectWindow("w-list", CLOCK, SessionWindower.of(SECOND), Into.list());
        keyed.collectWindow("w-set", CLOCK, tens, Into.set());
        keyed.collectWindow("w-map", CLOCK, tens, Into.map(word -> word, String::length));
        keyed.maxWindow("w-max", CLOCK, SlidingWindower.of(SECOND, SECOND), Order.by(w -> w));
        var own = EventClock.<String>of(EveryOperator::at, SECOND);
        keyed.minWindow("w-min", own, tens, (left, right) -> left.compareTo(right));
        words.countWindow("w-words", CLOCK, tens, word -> word);
    }

    private void windowsOfAll() {
        var tens = TumblingWindower.of(Duration.ofSeconds(10));
        words.<String, String>window("all-logic", CLOCK, tens, last -> new LastOfWindow());
        words.countWindow("all-count", SystemClock.now(), tens).down().output("n", Fixtures.sink());
        words.foldWindow("all-fold", CLOCK, tens, () -> 0, (n, word) -> n + 1, Integer::sum)
                .late()
                .output("all-late", Fixtures.sink());
        words.reduceWindow("all-reduce", CLOCK, CountWindower.of(3), (left, right) -> left);
        words.collectWindow("all-list", CLOCK, SessionWindower.of(SECOND), Into.list());
        words.maxWindow("all-max", CLOCK, tens, Order.by(w -> w));
        words.minWindow("all-min", CLOCK, tens, (left, right) -> left.compareTo(right));
    }

    private void joins() {
        var time = StreamClock.of(Timestamps.of(String.class, EveryOperator::at));
        var other = keyed.mapValue("other", word -> word);
        keyed.join("j", other, JoinOptions.complete());
        keyed.joinWindow("j-window", time, TumblingWindower.of(SECOND), other, JoinOptions.atEnd());
        keyed.intervalJoin("j-near", time, other, Interval.within(SECOND));
    }

    private record LastLogic(String snapshot) implements StatefulLogic<String, String, String> {
        @Override
        public Retain onItem(String value, Outputs<? super String> out) {
            return Retain.DISCARD;
        }
    }

    private record LastOfBatch(String snapshot)
            implements StatefulBatchLogic<String, String, String> {
        @Override
        public Retain onBatch(List<String> values, Outputs<? super String> out) {
            return Retain.DISCARD;
        }
    }

    private record LastOfWindow() implements WindowLogic<String, String, String> {
        @Override
        public void onValue(String value, Emitter<? super String> out) {}

        @Override
        public void onClose(Emitter<? super String> out) {}

        @Override
        public String snapshot() {
            return "";
        }
    }
}
