package dev.waxwing.benchmarks;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;

/** The readings of a lap; laps advance together in the data's time. */
final class ReadingSource implements StatefulSourcePartition<Reading, Long> {

    static final int BATCH_ITEMS = 500;

    private final Lap lap;
    private final int sensors;
    private long position;

    ReadingSource(Lap lap, int sensors) {
        this.lap = lap;
        this.sensors = sensors;
        this.position = lap.first();
    }

    /** The number of the reading at a position, among those of all laps. */
    static long number(Lap lap, long position) {
        return (position - lap.first()) * lap.run().threads() + lap.index();
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super Reading> out) {
        if (!lap.goesOn(position)) {
            return SourceStatus.OPEN;
        }
        long end = lap.batchEnd(position, BATCH_ITEMS);
        int step = lap.run().threads();
        long number = number(lap, position);
        for (long i = position; i < end; i++, number += step) {
            out.emit(Reading.of(number, sensors));
        }
        position = end;
        if (position < lap.end()) {
            return SourceStatus.OPEN;
        }
        lap.ends();
        return SourceStatus.ENDED;
    }

    @Override
    public Long snapshot() {
        lap.snapshot(position);
        return position;
    }
}
