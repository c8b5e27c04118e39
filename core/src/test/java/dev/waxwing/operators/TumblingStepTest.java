package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.HandContext;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SlidingBounds;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** It does what the step for all kinds of windows does, restored or not. */
final class TumblingStepTest {

    private static final SlidingBounds BOUNDS = new SlidingBounds(10, 10, 3);
    private static final Aggregation<Long, Long> SUM = new Aggregation.Reducing<>(Long::sum);
    private static final int ACTIONS = 3_000;

    private final HandContext time = new HandContext();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomValuesGiveWhatTheStepForAllWindowsGives(long seed) throws Exception {
        var random = new Random(seed);
        time.watermark(0);
        var tumbling = new Driver(state -> new TumblingStep<>(parts()).build(time, state));
        var general = new Driver(this::general);

        for (var i = 0; i < ACTIONS; i++) {
            var micros = time.watermarkMicros() + random.nextInt(60) - 15;
            var action = random.nextInt(10);
            if (action == 0) {
                time.watermark(time.watermarkMicros() + random.nextInt(25));
            }
            for (var driver : List.of(tumbling, general)) {
                switch (action) {
                    case 0 -> driver.notifyIfDue(time.watermarkMicros());
                    case 1 -> driver.restore();
                    default -> driver.take(micros);
                }
            }
            assertThat(tumbling.emitted)
                    .as("seed %d, action %d", seed, i)
                    .isEqualTo(general.emitted);
        }
        tumbling.end();
        general.end();

        assertThat(tumbling.emitted).as("seed %d", seed).isEqualTo(general.emitted);
        assertThat(tumbling.emitted.toString()).contains("late", "meta", "ON_TIME");
    }

    private TumblingStep.Parts<String, Long, Long> parts() {
        return new TumblingStep.Parts<>(
                Micros::toInstant, BOUNDS, SUM, (context, state) -> general(state));
    }

    @SuppressWarnings("unchecked") // the windows' own state
    private StatefulLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>> general(
            WindowStep.@Nullable State<?, ?, Long> state) {
        var windows = state == null ? null : (PaneWindows.State<Long>) state.windows();
        return new WindowStep<>(
                StreamClock.<Long>of(Micros::toInstant),
                new PaneWindows<>(BOUNDS, SUM, windows),
                WindowOptions.unordered(),
                time,
                state);
    }

    private interface Builder {
        StatefulLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>> build(
                WindowStep.@Nullable State<?, ?, Long> state) throws Exception;
    }

    /** Calls the logic of one key as a runner does, and writes down what it emits. */
    private static final class Driver implements Outputs<WindowResult<Long>> {

        private final Builder builder;
        private final List<String> emitted = new ArrayList<>();
        private @Nullable StatefulLogic<Long, WindowResult<Long>, WindowStep.State<?, ?, Long>>
                logic;

        Driver(Builder builder) {
            this.builder = builder;
        }

        void take(long micros) throws Exception {
            if (logic == null) {
                logic = builder.build(null);
            }
            returned(logic.onItem(micros, this));
        }

        void notifyIfDue(long watermark) throws Exception {
            while (logic != null && logic.notifyAtWatermark() <= watermark) {
                returned(logic.onNotify(this));
            }
        }

        void restore() throws Exception {
            if (logic != null) {
                logic = builder.build(logic.snapshot());
            }
        }

        void end() throws Exception {
            if (logic != null) {
                returned(logic.onEndOfInput(this));
            }
        }

        private void returned(Retain retain) {
            emitted.add(retain.toString());
            if (retain == Retain.DISCARD) {
                logic = null;
            }
        }

        @Override
        public void emit(WindowResult<Long> result) {
            emitted.add(result.toString());
        }

        @Override
        public <X> void emit(Port<X> port, X item) {
            emitted.add(port.name() + " " + item);
        }
    }
}
