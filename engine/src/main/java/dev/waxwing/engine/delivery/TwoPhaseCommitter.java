package dev.waxwing.engine.delivery;

import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.TwoPhasePartition;

/** Makes what was staged visible, one committable after the other. */
record TwoPhaseCommitter(TwoPhasePartition<Object, Object> partition) implements Committer {

    @Override
    public Outcome attempt(Decided work) throws Exception {
        while (work.next() < work.committables().size()) {
            Outcome outcome = partition.commit(work.committables().get((int) work.next()));
            if (outcome instanceof Outcome.Retry || outcome instanceof Outcome.Lost) {
                return outcome;
            }
            work.goOnAt(work.next() + 1);
        }
        return Outcome.committed();
    }
}
