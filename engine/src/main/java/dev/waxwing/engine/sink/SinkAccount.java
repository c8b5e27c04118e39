package dev.waxwing.engine.sink;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.PartialWriteException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.FailurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The account of the items of a sink: stored, to be tried again, put aside, or the end of the
 * execution, by the policy of the step. Confined to the worker.
 */
final class SinkAccount {

    private final SinkLetters letters;
    private final StepSite site;
    private final StepCounts counts;

    SinkAccount(SinkLetters letters, StepSite site) {
        this.letters = letters;
        this.site = site;
        this.counts = site.counts();
    }

    /** Accounts for a batch that was written or not; a slot that is to try again has it back. */
    void written(SinkSlot<?> slot, String name, SinkBatch batch, @Nullable Throwable failure) {
        if (failure == null) {
            stored(slot, batch.size());
            letters.stored(batch);
            slot.settled(batch);
        } else if (failure instanceof PartialWriteException partial) {
            checkIndexes(name, batch, partial);
            stored(slot, batch.size() - partial.failed().length);
            letters.stored(batch, partial.failed());
            Throwable cause = partial.getCause();
            failed(slot, name, batch.pick(partial.failed()), cause == null ? partial : cause);
        } else if (slot.part.isStore()) {
            throw site.failed(call("the outbox", name), null, failure);
        } else {
            failed(slot, name, batch, failure);
        }
    }

    /** Ends the execution if a call that no policy is for has failed. */
    void called(String method, String name, @Nullable Throwable failure) {
        if (failure instanceof FencedException fenced) {
            throw fenced(fenced);
        }
        if (failure != null) {
            throw site.failed(call(method, name), null, failure);
        }
    }

    /** The failure of a call that another owner of the target has made impossible. */
    DeliveryException fenced(FencedException fenced) {
        return site.record(new StepChecks(site.step()).fenced(fenced));
    }

    /** The sink's part of the ledger: what came in was stored or put aside. */
    void check() {
        if (counts.received != counts.stored + counts.dead) {
            throw site.failed(
                    "received "
                            + counts.received
                            + " items, but stored "
                            + counts.stored
                            + " and put aside "
                            + counts.dead
                            + "; this is a defect of Waxwing, please report it");
        }
    }

    /** The name of a call in messages. */
    static String call(String method, String name) {
        return method + " of partition '" + name + "'";
    }

    private void stored(SinkSlot<?> slot, int items) {
        counts.stored += items;
        slot.stored(items);
    }

    private void checkIndexes(String name, SinkBatch batch, PartialWriteException partial) {
        int[] failed = partial.failed();
        int last = failed[failed.length - 1];
        if (last >= batch.size()) {
            throw site.failed(
                    call("writeBatch", name)
                            + " was given "
                            + batch.size()
                            + " items, but says that the one of index "
                            + last
                            + " was not written; indexes are those of the batch, from 0",
                    null,
                    partial);
        }
    }

    private void failed(SinkSlot<?> slot, String name, SinkBatch batch, Throwable thrown) {
        if (thrown instanceof FencedException fenced) {
            throw fenced(fenced);
        }
        FailurePolicy policy = site.step().policy();
        if (policy == null || !policy.appliesTo(thrown)) {
            throw site.failed(call("writeBatch", name), null, thrown);
        }
        slot.attempts++;
        if (slot.attempts < policy.attemptsMax()) {
            slot.retryMillis = policy.backOff().endMillis(slot.attempts, site.steadyMillis());
            slot.failed = batch;
            return;
        }
        Link to = letters.link();
        if (policy.last() != FailurePolicy.Last.DEAD_LETTER || to == null) {
            throw site.failed(call("writeBatch", name), null, thrown);
        }
        letters.putAside(batch, to, thrown);
        slot.settled(batch);
    }
}
