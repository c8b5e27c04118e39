package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Edges;
import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import java.util.List;

/**
 * What a runner gives to the workers that it drives.
 *
 * @param clock the time that they see
 * @param epochs says when epochs end, and takes what they leave: the coordinator
 * @param lanes where what may block is done; sources that block are read there if the lanes are
 *     threads, else on the worker
 * @param edges take batches and marks from stage to stage
 * @param signals wake the workers, one each; those that the edges and the coordinator have, too
 */
public record Host(
        Clock clock, EpochControl epochs, Lanes lanes, Edges edges, List<Signal> signals) {

    public Host {
        signals = List.copyOf(signals);
    }
}
