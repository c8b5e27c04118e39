package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Channels;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.channel.RingEdges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.site.HandThreads;
import java.util.List;

/** A host of one worker, which a test drives. */
final class HandHost {

    private HandHost() {}

    /** A worker by the clock of this machine that nobody wakes. */
    static Worker worker(EpochControl epochs) {
        return worker(0, Clock.system(), Pace.of(0), epochs, () -> {});
    }

    static Worker worker(EpochControl epochs, Signal signal) {
        return worker(0, Clock.system(), Pace.of(0), epochs, signal);
    }

    static Worker worker(
            long settledEpoch, Clock clock, Pace pace, EpochControl epochs, Signal signal) {
        List<Signal> signals = List.of(signal);
        return new Worker(
                0,
                new Beginning(1, 0, settledEpoch, 0, pace),
                new Host(
                        clock,
                        epochs,
                        HandThreads.lanes(),
                        new RingEdges(new Channels(2, 1, pace), signals),
                        signals));
    }
}
