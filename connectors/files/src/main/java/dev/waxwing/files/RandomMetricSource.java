package dev.waxwing.files;

import dev.waxwing.function.Supplier;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Emits a value of each metric at regular times; a partition is named as its metric. Made by {@link
 * DemoSources#randomMetrics}.
 *
 * <p>The first value is due at once, each other one an interval after the one before was due: the
 * series does not drift, and after a stall it catches up. A resume continues series and schedule.
 *
 * <p>Immutable; {@code with…} methods return copies.
 */
@SuppressWarnings("exports")
public final class RandomMetricSource implements FixedPartitionedSource<Metric, MetricPosition> {

    private static final long serialVersionUID = 1L;

    private final List<String> names;
    private final Duration interval;
    private final long count;
    private final MetricGenerator generator;
    private final Supplier<Instant> clock;

    private RandomMetricSource(
            List<String> names,
            Duration interval,
            long count,
            MetricGenerator generator,
            Supplier<Instant> clock) {
        this.names = names;
        this.interval = interval;
        this.count = count;
        this.generator = generator;
        this.clock = clock;
    }

    static RandomMetricSource of(List<String> names) {
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "metrics must have distinct names, at least one, but were " + names);
        }
        return new RandomMetricSource(
                names,
                Duration.ofMillis(700),
                Long.MAX_VALUE,
                MetricGenerator.random(0),
                Instant::now);
    }

    /** Time between two values; 0.7 s by default; zero emits as fast as they are taken. */
    public RandomMetricSource withInterval(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("interval must be zero or longer, but was " + time);
        }
        return new RandomMetricSource(names, time, count, generator, clock);
    }

    /** How many values each metric has; unlimited by default. */
    public RandomMetricSource withCount(long values) {
        if (values < 0) {
            throw new IllegalArgumentException("count must be 0 or more, but was " + values);
        }
        return new RandomMetricSource(names, interval, values, generator, clock);
    }

    /** Where the values come from; whole numbers from 0 to 9 with seed 0 by default. */
    public RandomMetricSource withGenerator(MetricGenerator values) {
        return new RandomMetricSource(names, interval, count, values, clock);
    }

    /** Tells the time that the schedule follows; the system's by default. */
    public RandomMetricSource withClock(Supplier<Instant> newClock) {
        return new RandomMetricSource(names, interval, count, generator, newClock);
    }

    @Override
    public List<String> listParts() {
        return names;
    }

    @Override
    public StatefulSourcePartition<Metric, MetricPosition> buildPart(
            String stepId, String forPart, @Nullable MetricPosition resumeState) throws Exception {
        MetricPosition start =
                resumeState == null ? new MetricPosition(clock.get(), 0) : resumeState;
        return new MetricPartition(this, forPart, start);
    }

    /** One metric's series. */
    private static final class MetricPartition
            implements StatefulSourcePartition<Metric, MetricPosition> {

        private final RandomMetricSource source;
        private final String name;
        private MetricPosition position;

        MetricPartition(RandomMetricSource source, String name, MetricPosition start) {
            this.source = source;
            this.name = name;
            this.position = start;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Metric> out) throws Exception {
            if (position.count() >= source.count) {
                return SourceStatus.ENDED;
            }
            Instant now = source.clock.get();
            if (isSetBack(now)) {
                position = new MetricPosition(now, position.count());
            }
            if (now.isBefore(position.nextAwake())) {
                return SourceStatus.OPEN;
            }
            out.emit(new Metric(name, source.generator.value(name, position.count())));
            position =
                    new MetricPosition(
                            position.nextAwake().plus(source.interval), position.count() + 1);
            return position.count() == source.count ? SourceStatus.ENDED : SourceStatus.OPEN;
        }

        /* The next value is never more than an interval away, unless the clock was set back since. */
        private boolean isSetBack(Instant now) {
            return Duration.between(now, position.nextAwake()).compareTo(source.interval) > 0;
        }

        @Override
        public Instant nextAwake() {
            return position.nextAwake();
        }

        @Override
        public MetricPosition snapshot() {
            return position;
        }

        @Override
        public void close() {}
    }
}
