package dev.waxwing.benchmarks;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;

/** A short text, line by line. */
final class FewLines implements StatefulSourcePartition<String, Long> {

    private final Lap lap;
    private long position;

    FewLines(Lap lap) {
        this.lap = lap;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super String> out) {
        out.emit("line " + position + " of a short text");
        position++;
        return position < lap.end() ? SourceStatus.OPEN : SourceStatus.ENDED;
    }

    @Override
    public Long snapshot() {
        return position;
    }
}
