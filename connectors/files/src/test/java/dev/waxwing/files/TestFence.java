package dev.waxwing.files;

import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.UUID;

/** A store of which a test says whether it was taken over, or copied. */
final class TestFence implements StoreFence {

    private final UUID lineage;
    private final long generation;
    private final long takenOver;
    private final long commonUpTo;
    private final boolean adopts;
    private boolean isTakenOver;

    /** Of an execution that finds out that another was taken over. */
    TestFence(UUID lineage, long generation, long takenOver) {
        this(lineage, generation, takenOver, generation, false);
    }

    private TestFence(
            UUID lineage, long generation, long takenOver, long commonUpTo, boolean adopts) {
        this.lineage = lineage;
        this.generation = generation;
        this.takenOver = takenOver;
        this.commonUpTo = commonUpTo;
        this.adopts = adopts;
    }

    /** Of the first execution of a store. */
    static TestFence of(UUID lineage) {
        return new TestFence(lineage, 1, 0);
    }

    /** Of an execution over a copy that was made when the store had had so many executions. */
    static TestFence ofCopy(UUID lineage, long generation, long commonUpTo) {
        return new TestFence(lineage, generation, 0, commonUpTo, false);
    }

    TestFence withAdoption() {
        return new TestFence(lineage, generation, takenOver, commonUpTo, true);
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
    public UUID token() {
        return token(generation);
    }

    @Override
    public boolean hadExecution(long earlier, UUID itsToken) {
        return itsToken.equals(token(earlier));
    }

    @Override
    public boolean adopts() {
        return adopts;
    }

    private UUID token(long of) {
        return new UUID(of <= commonUpTo ? 0 : 1, of);
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
