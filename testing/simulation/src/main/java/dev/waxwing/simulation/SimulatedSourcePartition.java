package dev.waxwing.simulation;

import dev.waxwing.source.AcknowledgingPartition;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open partition; holds the runner to its side of the contract. */
final class SimulatedSourcePartition<T>
        implements StatefulSourcePartition<T, Integer>, AcknowledgingPartition<Integer> {

    /* Many items come in larger batches, so that a run stays short. */
    private static final int BATCHES_LEAST = 50;

    private final World world;
    private final SimulatedSource<T> source;
    private final String name;
    private final List<T> items;
    private final int batchItemsMax;
    private final int pauseOneIn;
    private final boolean heedsRoom;
    private int position;
    private int acknowledged;
    private boolean ended;
    private boolean closed;
    private @Nullable Instant awake;
    private long awakeMillis;

    SimulatedSourcePartition(
            World world, SimulatedSource<T> source, String name, List<T> items, int position) {
        this.world = world;
        this.source = source;
        this.name = name;
        this.items = items;
        this.position = position;
        this.batchItemsMax =
                Math.max(items.size() / BATCHES_LEAST, world.chance().oneOf(1, 2, 5, 20, 200));
        this.pauseOneIn = world.chance().oneOf(2, 8, 50);
        this.heedsRoom = world.chance().oneIn(3);
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) {
        check(!ended, "read after its end");
        check(awake == null || world.steadyMillis() >= awakeMillis, "read before " + awake);
        world.mayFail("reading a source");
        Chance chance = world.chance();
        awake = null;
        if (chance.oneIn(pauseOneIn)) {
            int pause = chance.oneOf(0, 1, 5, 50, 2_000);
            awake = pause == 0 ? null : world.clock().instant().plusMillis(pause);
            awakeMillis = world.steadyMillis() + pause;
            return SourceStatus.OPEN;
        }
        for (int left = chance.between(1, batchItemsMax);
                left > 0 && position < items.size();
                left--) {
            if (world.isKilledHere()) {
                throw world.killed();
            }
            out.emit(items.get(position++));
            if (heedsRoom && !out.hasRoom()) {
                break;
            }
        }
        ended = position == items.size() && chance.oneIn(2);
        return ended ? SourceStatus.ENDED : SourceStatus.OPEN;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return awake;
    }

    @Override
    public Integer snapshot() {
        check(true, "asked for its position");
        world.mayFail("snapshot of a source");
        return position;
    }

    @Override
    public void acknowledge(Integer upTo) {
        check(upTo >= acknowledged && upTo <= position, "told that it is done up to " + upTo);
        world.mayFail("acknowledging");
        acknowledged = upTo;
        if (!world.isReplayPossible()) {
            source.acknowledged(name, upTo);
        }
    }

    @Override
    public void close() {
        check(true, "closed again");
        closed = true;
        world.partClosed();
    }

    private void check(boolean holds, String what) {
        if (closed || !holds) {
            throw new AssertionError(
                    "source partition '"
                            + name
                            + "'"
                            + (closed ? " was closed, then " : " ")
                            + what);
        }
    }
}
