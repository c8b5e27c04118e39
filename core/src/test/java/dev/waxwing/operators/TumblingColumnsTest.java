package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.HandContext;
import dev.waxwing.internal.SlidingBounds;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.columnar.ColumnarLogic;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of all keys at once are what the step for all kinds of windows does, key by key. */
final class TumblingColumnsTest {

    private static final int KEYS = 7;
    private static final int CAPACITY = 100;
    private static final int ACTIONS = 6_000;
    private static final long FAR_MICROS = 500;
    private static final SlidingBounds BOUNDS = new SlidingBounds(10, 10, 3);

    private static final Aggregation<Long, Long, Long> SUM = new Aggregation.Reducing<>(Long::sum);

    private final HandContext time = new HandContext();
    private final ByKey byKey = new ByKey();
    private final InColumns inColumns = new InColumns();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomValuesGiveWhatTheStepForAllWindowsGives(long seed) throws Exception {
        var random = new Random(seed);
        time.watermark(0);

        for (var i = 0; i < ACTIONS; i++) {
            var as = "seed %d, action %d".formatted(seed, i);
            switch (random.nextInt(12)) {
                case 0 -> {
                    var leap = random.nextInt(20) == 0 ? FAR_MICROS : 0;
                    time.watermark(time.watermarkMicros() + random.nextInt(25) + leap);
                    byKey.notifyIfDue();
                    inColumns.notifyIfDue(time.watermarkMicros());
                }
                case 1 -> {
                    byKey.restore();
                    inColumns.restore();
                }
                case 2 -> inColumns.moveKeys(random);
                default -> {
                    var key = random.nextInt(KEYS);
                    var far = random.nextInt(10) == 0 ? random.nextLong(FAR_MICROS) : 0;
                    var micros = time.watermarkMicros() + random.nextInt(60) - 15 + far;
                    byKey.take(key, micros);
                    inColumns.take(key, micros);
                }
            }

            assertThat(inColumns.emitted).as(as).isEqualTo(byKey.emitted);
            assertThat(inColumns.panes()).as(as).isEqualTo(byKey.panes());
            assertThat(inColumns.logic.size()).as(as).isEqualTo(byKey.logics.size());
            assertThat(inColumns.logic.dueAtWatermark()).as(as).isEqualTo(byKey.dueAt());
        }
        byKey.end();
        inColumns.notifyIfDue(Micros.END_OF_TIME);

        assertThat(inColumns.emitted).as("seed %d", seed).isEqualTo(byKey.emitted);
        assertThat(inColumns.logic.size()).as("seed %d", seed).isZero();
        assertThat(inColumns.emitted.toString()).contains("late", "meta", "ON_TIME");
    }

    @Test
    void valuesThatWaitedWithOtherOptionsAreInTheirWindows() throws Exception {
        time.watermark(0);
        var ordered =
                new WindowStep<>(
                        StreamClock.<Long>of(Micros::toInstant),
                        new PaneWindows<>(BOUNDS, SUM, null),
                        WindowOptions.ordered(),
                        time,
                        null);
        for (long micros : List.of(4L, 25L, 5L)) {
            ordered.onItem(micros, new Emitted(new ArrayList<>()));
        }

        inColumns.logic.restore(1, ordered.snapshot());
        inColumns.notifyIfDue(Micros.END_OF_TIME);

        assertThat(inColumns.emitted.get(1).toString())
                .containsSubsequence("value=9", "value=25")
                .doesNotContain("late");
    }

    private static List<?> panes(WindowStep.@Nullable State<?, ?, Long> state) {
        return state == null || state.windows() == null
                ? List.of()
                : Objects.requireNonNull(((WindowsState<?, ?>) state.windows()).panes()).panes();
    }

    /** What a key emits, written down. */
    private record Emitted(List<String> lines) implements Outputs<WindowResult<Long>> {

        @Override
        public void emit(WindowResult<Long> result) {
            lines.add(result.toString());
        }

        @Override
        public <X> void emit(Port<X> port, X item) {
            lines.add(port.name() + " " + item);
        }
    }

    /** Calls a logic of its own for each key, as a runner does. */
    private final class ByKey {

        private final Map<
                        Integer,
                        StatefulLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>>>
                logics = new HashMap<>();
        private final Map<Integer, List<String>> emitted = new HashMap<>();

        void take(int key, long micros) throws Exception {
            logics.putIfAbsent(key, build(null));
            returned(key, logics.get(key).onItem(micros, out(key)));
        }

        void notifyIfDue() throws Exception {
            for (int key : List.copyOf(logics.keySet())) {
                while (logics.containsKey(key)
                        && logics.get(key).notifyAtWatermark() <= time.watermarkMicros()) {
                    returned(key, logics.get(key).onNotify(out(key)));
                }
            }
        }

        void restore() {
            logics.replaceAll((key, logic) -> build(logic.snapshot()));
        }

        void end() throws Exception {
            for (int key : List.copyOf(logics.keySet())) {
                returned(key, logics.get(key).onEndOfInput(out(key)));
            }
        }

        long dueAt() {
            return logics.values().stream()
                    .mapToLong(StatefulLogic::notifyAtWatermark)
                    .min()
                    .orElse(Micros.END_OF_TIME);
        }

        Map<Integer, List<?>> panes() {
            Map<Integer, List<?>> panes = new HashMap<>();
            logics.forEach(
                    (key, logic) -> panes.put(key, TumblingColumnsTest.panes(logic.snapshot())));
            return panes;
        }

        @SuppressWarnings("unchecked") // the windows' own state
        private StatefulLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>> build(
                WindowStep.@Nullable State<?, ?, Long> state) {
            var windows = state == null ? null : (WindowsState<?, Long>) state.windows();
            return new WindowStep<>(
                    StreamClock.<Long>of(Micros::toInstant),
                    new PaneWindows<>(BOUNDS, SUM, windows),
                    WindowOptions.unordered(),
                    time,
                    state);
        }

        private Emitted out(int key) {
            return new Emitted(emitted.computeIfAbsent(key, none -> new ArrayList<>()));
        }

        private void returned(int key, Retain retain) {
            if (retain == Retain.DISCARD) {
                logics.remove(key);
            }
        }
    }

    /** Calls the logic of all keys, each of which has a slot. */
    private final class InColumns {

        private final Map<Integer, List<String>> emitted = new HashMap<>();
        private ColumnarLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>> logic =
                build();
        private List<Integer> slots = IntStream.range(0, KEYS).boxed().toList();

        void take(int key, long micros) throws Exception {
            logic.onItem(slots.get(key), micros, time.watermarkMicros(), out(key));
        }

        void notifyIfDue(long watermark) throws Exception {
            int slot;
            while ((slot = logic.nextDue(watermark)) != ColumnarLogic.NONE) {
                logic.onDue(slot, out(slots.indexOf(slot)));
            }
        }

        void restore() throws Exception {
            var restored = build();
            for (int slot : slots) {
                var state = logic.snapshot(slot);
                assertThat(logic.isInUse(slot)).isEqualTo(state != null);
                if (state != null) {
                    restored.restore(slot, state);
                }
            }
            logic = restored;
        }

        void moveKeys(Random random) {
            var capacity = KEYS + random.nextInt(CAPACITY + 1);
            var other = new ArrayList<>(IntStream.range(0, capacity).boxed().toList());
            Collections.shuffle(other, random);
            var before = slots;
            slots = List.copyOf(other.subList(0, KEYS));
            logic.resize(capacity, slot -> slots.get(before.indexOf(slot)));
        }

        Map<Integer, List<?>> panes() {
            Map<Integer, List<?>> panes = new HashMap<>();
            for (var key = 0; key < KEYS; key++) {
                var state = logic.snapshot(slots.get(key));
                if (state != null) {
                    panes.put(key, TumblingColumnsTest.panes(state));
                }
            }
            return panes;
        }

        private Emitted out(int key) {
            return new Emitted(emitted.computeIfAbsent(key, none -> new ArrayList<>()));
        }

        private ColumnarLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>> build() {
            var built =
                    new TumblingColumns<>(
                            new Tumbling.Parts<Long, Long, Long>(Micros::toInstant, BOUNDS, SUM));
            built.resize(KEYS + CAPACITY, slot -> slot);
            return built;
        }
    }
}
