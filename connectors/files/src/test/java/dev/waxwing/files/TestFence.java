package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StoreFence;
import java.util.UUID;

/** A store of which a test says whether it was taken over. */
final class TestFence implements StoreFence {

    private final UUID lineage;
    private final long generation;
    private final long takenOver;
    private boolean isTakenOver;

    /** Of an execution that finds out that another was taken over. */
    TestFence(UUID lineage, long generation, long takenOver) {
        this.lineage = lineage;
        this.generation = generation;
        this.takenOver = takenOver;
    }

    /** Of the first execution of a store. */
    static TestFence of(UUID lineage) {
        return new TestFence(lineage, 1, 0);
    }

    /** From now on another execution has the store. */
    void takeOver() {
        isTakenOver = true;
    }

    @Override
    public UUID lineage() {
        return lineage;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public long takenOverGeneration() {
        return takenOver;
    }

    @Override
    public void check() throws FencedException {
        if (isTakenOver) {
            throw new FencedException("was taken over");
        }
    }
}
