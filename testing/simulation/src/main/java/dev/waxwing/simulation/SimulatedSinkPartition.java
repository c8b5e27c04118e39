package dev.waxwing.simulation;

import dev.waxwing.sink.StatefulSinkPartition;
import java.util.List;

/** An open partition; holds the runner to its side of the contract. */
final class SimulatedSinkPartition<X> implements StatefulSinkPartition<X, Integer> {

    private final World world;
    private final String name;
    private final SimulatedSink.Written<X> written;
    private boolean ended;
    private boolean closed;

    SimulatedSinkPartition(World world, String name, SimulatedSink.Written<X> written) {
        this.world = world;
        this.name = name;
        this.written = written;
    }

    @Override
    public void writeBatch(List<X> values) {
        check(!values.isEmpty(), "written nothing");
        check(!ended, "written to after the end of input");
        world.mayFail("writing to a sink");
        for (X value : values) {
            if (world.isKilledHere()) {
                throw world.killed();
            }
            written.items.add(value);
        }
    }

    @Override
    public Integer snapshot() {
        check(true, "asked for its position");
        world.mayFail("snapshot of a sink");
        written.position = written.items.size();
        return written.position;
    }

    @Override
    public void force() {
        check(true, "forced");
        world.at("force.before");
        written.forced = Math.max(written.forced, written.position);
    }

    @Override
    public void onEndOfInput() {
        check(!ended, "ended twice");
        ended = true;
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
                    "sink partition '"
                            + name
                            + "'"
                            + (closed ? " was closed, then " : " was ")
                            + what);
        }
    }
}
