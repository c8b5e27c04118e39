package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.time.Duration;

/**
 * W3: event-time windows that open every second, the sum of each key's values, slightly out of
 * order, a million items a second of the data's time.
 */
final class WindowSumLoad implements Load {

    private static final Duration SLIDE = Duration.ofSeconds(1);
    private static final Duration OUT_OF_ORDER = Duration.ofMillis(Reading.OUT_OF_ORDER_MILLIS);

    private final int keys;
    private final int seconds;

    /**
     * @param seconds that each window is long; 1 makes them tumbling
     */
    WindowSumLoad(int keys, int seconds) {
        this.keys = keys;
        this.seconds = seconds;
    }

    @Override
    public String name() {
        return "W3 "
                + (seconds == 1 ? "tumbling windows" : "windows of " + seconds + " slides")
                + ", "
                + keys
                + " keys";
    }

    @Override
    public boolean isMeasuredWithRecovery() {
        return false;
    }

    @Override
    public Dataflow flow(Run run) {
        Dataflow flow = Dataflow.named("windows");
        Stream<Reading> readings =
                flow.input("readings", new LapSource<>(run, lap -> new ReadingSource(lap, keys)));
        sums(readings, seconds).transform("tally", new WindowTallyKernel(run));
        return flow;
    }

    /** The sum of each sensor's readings in each window of so many seconds. */
    static KeyedStream<Long, WindowResult<Sum>> sums(Stream<Reading> readings, int seconds) {
        return readings.watermark("time", Reading::at, WatermarkOptions.outOfOrderBy(OUT_OF_ORDER))
                .keyOn("sensor", Reading::sensor)
                .foldWindow(
                        "sum",
                        StreamClock.of(Reading::at),
                        SlidingWindower.of(SLIDE.multipliedBy(seconds), SLIDE),
                        Sum::new,
                        Sum::add,
                        Sum::merge)
                .with(WindowOptions.unordered())
                .down();
    }

    @Override
    public void byHand(Lap lap) {
        HandWindows windows = HandWindows.forLap(lap, seconds);
        long position = lap.first();
        while (position < lap.end()) {
            if (!lap.goesOn(position)) {
                windows.takeOthers();
                continue;
            }
            long end = lap.batchEnd(position, ReadingSource.BATCH_ITEMS);
            int step = lap.run().threads();
            long number = ReadingSource.number(lap, position);
            for (long i = position; i < end; i++, number += step) {
                long mixed = Reading.mix(number);
                windows.add(
                        Reading.sensor(mixed, keys),
                        Reading.millis(number, mixed),
                        Reading.value(mixed));
            }
            windows.takeOthers();
            position = end;
        }
        lap.ends();
        windows.finish();
        lap.run().add(windows.tally());
    }
}
