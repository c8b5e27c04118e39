package dev.waxwing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.StepContext;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.PollingSource;
import dev.waxwing.source.PollingSource.Poller;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.CollectOptions;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StateOptions;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.SystemClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The wall clock is set, by hours, while a dataflow runs; all lengths of time stay what they are.
 */
final class SetClockTest {

    private static final long EPOCH_MILLIS = 1_000;

    private final World world = new World(new Chance(0), Hazards.none());
    private final Dataflow flow = Dataflow.named("flow");
    private final List<Long> seenMillis = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H", "P-3000D", "P300D"})
    void epochsEndWithinTheirInterval(Duration step) throws Throwable {
        TreeMap<Long, Long> firstSeenMillis = new TreeMap<>();

        run(
                from(100, 100, step)
                        .transform(
                                "epoch",
                                new Looking(
                                        context ->
                                                firstSeenMillis.putIfAbsent(
                                                        context.epoch(), world.steadyMillis()))));

        assertThat(firstSeenMillis).hasSizeGreaterThanOrEqualTo(10);
        seenMillis.addAll(firstSeenMillis.values());
        assertThat(waits()).allMatch(wait -> wait >= 900 && wait <= 1_100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void partitionIsReadWhenItsWaitIsOver(Duration step) throws Throwable {
        run(from(30, 500, step).inspect("seen", (context, item) -> seen()));

        assertThat(waits()).hasSize(29).containsOnly(500L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void pollsAreAnIntervalApartButForTheOneWithinWhichTheClockWasSet(Duration step)
            throws Throwable {
        run(flow.input("in", new Polls(step)).inspect("seen", (context, item) -> seen()));

        assertThat(waits()).hasSize(19).allMatch(wait -> wait <= 2_000);
        assertThat(waits().stream().filter(wait -> wait != 1_000)).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void failedCallIsMadeAgainWhenItsWaitIsOver(Duration step) throws Throwable {
        Stream<Integer> numbers =
                from(1, 1, Duration.ZERO)
                        .map(
                                "fails",
                                number -> {
                                    seen();
                                    world.clock().advance(step);
                                    if (seenMillis.size() < 4) {
                                        throw new IOException("attempt " + seenMillis.size());
                                    }
                                    return number;
                                })
                        .onFailure(
                                FailurePolicy.retry(9)
                                        .withBackOff(Duration.ofSeconds(2), Duration.ofHours(1)));
        run(numbers);

        assertThat(waits()).containsExactly(2_000L, 4_000L, 8_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void callHasTheTimeThatItMayTake(Duration step) throws Throwable {
        run(
                from(30, 100, step)
                        .mapAsync(
                                "call",
                                this::later,
                                AsyncOptions.defaults().withTimeout(Duration.ofMillis(2_500)))
                        .inspect("seen", (context, item) -> seen()));

        assertThat(seenMillis).hasSize(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void batchWaitsNoLongerThanItMay(Duration step) throws Throwable {
        from(40, 100, step)
                .output("out", noting())
                .batched(BatchOptions.upTo(100, Duration.ofMillis(250)));
        run();

        assertThat(waits()).hasSizeGreaterThan(9).allMatch(wait -> wait <= 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H"})
    void listIsEmittedAtMostATenthLaterThanItsTimeOut(Duration step) throws Throwable {
        run(
                from(30, 1_000, step)
                        .keyOn("key", number -> number)
                        .collect("list", CollectOptions.upTo(9, Duration.ofSeconds(10)))
                        .dropKey("lists")
                        .inspect("seen", (context, item) -> seen()));

        assertThat(seenMillis).hasSize(30);
        assertThat(seenMillis.get(0)).isEqualTo(10_000);
        assertThat(seenMillis.subList(0, 15)).allMatch(millis -> millis <= 26_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void earlyResultsAreAtMostATenthFurtherApart(Duration step) throws Throwable {
        run(
                from(100, 100, step)
                        .keyOn("key", number -> 0)
                        .foldWindow(
                                "windows",
                                StreamClock.of((Integer number) -> Instant.ofEpochSecond(number)),
                                TumblingWindower.of(Duration.ofHours(1)),
                                () -> 0,
                                Integer::sum,
                                Integer::sum)
                        .with(WindowOptions.unordered().withEarlyResultEvery(Duration.ofSeconds(1)))
                        .down()
                        .dropKey("results")
                        .inspect("seen", (context, result) -> seen()));

        assertThat(seenMillis).hasSizeBetween(9, 12);
        assertThat(waits()).allMatch(wait -> wait <= 1_200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void eachItemIsInOneWindowByTheSystemsTime(Duration step) throws Throwable {
        List<Integer> sums = new ArrayList<>();
        run(
                from(100, 100, step)
                        .keyOn("key", number -> 0)
                        .foldWindow(
                                "windows",
                                SystemClock.now(),
                                TumblingWindower.of(Duration.ofSeconds(1)),
                                () -> 0,
                                Integer::sum,
                                Integer::sum)
                        .down()
                        .dropKey("results")
                        .inspect(
                                "seen",
                                (context, result) -> {
                                    seen();
                                    sums.add(result.value());
                                }));

        assertThat(sums.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4_950);
        assertThat(seenMillis).hasSizeBetween(9, 12);
        assertThat(waits()).allMatch(wait -> wait <= 1_300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "P-3000D"})
    void stateExpiresThoughTheClockIsSetBack(Duration step) throws Throwable {
        List<Integer> counts = new ArrayList<>();
        run(
                from(30, 1_000, step)
                        .keyOn("key", number -> number % 10)
                        .statefulMap(
                                "count",
                                (@Nullable Integer count, Integer number) -> {
                                    int now = count == null ? 1 : count + 1;
                                    return StateUpdate.keep(now, now);
                                },
                                StateOptions.expireAfter(Duration.ofSeconds(8)))
                        .dropKey("counts")
                        .inspect("seen", (context, count) -> counts.add(count)));

        assertThat(counts).hasSize(30).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void nowNeverGoesBack(Duration step) throws Throwable {
        List<Long> shown = new ArrayList<>();

        run(
                from(50, 100, step)
                        .transform("now", new Looking(context -> shown.add(context.nowMillis()))));

        assertThat(shown).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT1H"})
    void partitionThatIsSilentIsIdleWhenItsTimeOutIsOver(Duration step) throws Throwable {
        Stream<Integer> ahead = from(60, 100, step);
        Stream<Integer> silent = flow.input("silent", new Once());
        run(
                ahead.merge("both", silent)
                        .watermark(
                                "time",
                                Instant::ofEpochSecond,
                                WatermarkOptions.outOfOrderBy(Duration.ZERO)
                                        .withIdleTimeout(Duration.ofSeconds(3)))
                        .keyOn("key", number -> 0)
                        .foldWindow(
                                "windows",
                                StreamClock.of((Integer number) -> Instant.ofEpochSecond(number)),
                                TumblingWindower.of(Duration.ofSeconds(5)),
                                () -> 0,
                                Integer::sum,
                                Integer::sum)
                        .down()
                        .dropKey("results")
                        .inspect("seen", (context, result) -> seen()));

        assertThat(seenMillis).hasSizeGreaterThanOrEqualTo(12);
        assertThat(seenMillis.get(0)).isBetween(3_000L, 3_200L);
    }

    private CompletableFuture<Integer> later(Integer number) {
        return world.calls().open(() -> number).toCompletableFuture();
    }

    private void seen() {
        seenMillis.add(world.steadyMillis());
    }

    private List<Long> waits() {
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i < seenMillis.size(); i++) {
            waits.add(seenMillis.get(i) - seenMillis.get(i - 1));
        }
        return waits;
    }

    /* Numbers so many milliseconds apart; the clock is set before the fifteenth. */
    private Stream<Integer> from(int items, long millis, Duration step) {
        return flow.input("in", new Paced(items, millis, step));
    }

    private DynamicSink<Object> noting() {
        return (step, index, count) -> items -> seen();
    }

    private void run(Stream<?> last) throws Throwable {
        last.output("out", (DynamicSink<Object>) (step, index, count) -> items -> {});
        run();
    }

    private void run() throws Throwable {
        var setting = new Generations.Setting(1, EPOCH_MILLIS, 2, 5, false);
        new Generations(world, CodecRegistry.empty()).run(flow.plan(), () -> setting);
    }

    /** Looks at the context with each item. */
    private static final class Looking implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final transient Consumer<StepContext> look;
        private transient StepContext context;

        Looking(Consumer<StepContext> look) {
            this.look = look;
        }

        @Override
        public void open(StepContext opened) {
            context = opened;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            look.accept(context);
            out.emit(item);
        }
    }

    /** Asks twenty times, a second apart; the clock is set with the tenth. */
    private final class Polls implements PollingSource<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final Duration step;

        Polls(Duration step) {
            this.step = step;
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public InstantSource clock() {
            return world.clock();
        }

        @Override
        public Poller<Integer, Integer> open(@Nullable Integer resumeState) {
            return new Poller<>() {

                private int polls;

                @Override
                public Integer nextItem() {
                    if (++polls == 10) {
                        world.clock().advance(step);
                    }
                    return polls;
                }

                @Override
                public boolean isEnded() {
                    return polls == 20;
                }

                @Override
                public Integer snapshot() {
                    return polls;
                }
            };
        }
    }

    /** Emits 0 and is silent for ten seconds, then ends. */
    private final class Once implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {

                private boolean emitted;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    if (emitted) {
                        return SourceStatus.ENDED;
                    }
                    emitted = true;
                    out.emit(0);
                    return SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return emitted ? world.clock().instant().plusSeconds(10) : null;
                }
            };
        }
    }

    private final class Paced implements DynamicSource<Integer> {

        private static final long serialVersionUID = 1L;

        private final int items;
        private final long millis;
        private final Duration step;

        Paced(int items, long millis, Duration step) {
            this.items = items;
            this.millis = millis;
            this.step = step;
        }

        @Override
        public StatelessSourcePartition<Integer> build(
                String stepId, int workerIndex, int workerCount) {
            return new StatelessSourcePartition<>() {

                private int next;

                @Override
                public SourceStatus nextBatch(SourceEmitter<? super Integer> out) {
                    out.emit(next++);
                    if (next == 15) {
                        world.clock().advance(step);
                    }
                    return next == items ? SourceStatus.ENDED : SourceStatus.OPEN;
                }

                @Override
                public @Nullable Instant nextAwake() {
                    return next == 0 ? null : world.clock().instant().plusMillis(millis);
                }
            };
        }
    }
}
