package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.step.DeliveryException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to go on without items that the store has and that some step has yet to take, if the
 * dataflow has no place for them any more: sources will not bring them again, and later nobody
 * could tell that they are missing.
 */
final class Undelivered {

    private static final String NO_STEP =
            "is not in the dataflow, or not with a sink that commits epochs";
    private static final String NO_LETTERS = "has no dead letters any more";
    private static final String ADOPTING =
            "or say in the options of recovery to adopt the targets as they are and give it up";

    private final RecoveryStore store;

    Undelivered(RecoveryStore store) {
        this.store = store;
    }

    /** Checks what a step that the dataflow does not have had to take. */
    void check(StatePage orphan) {
        if (StateIds.isUnfinished(orphan.state()) && orphan.entries() > 0) {
            throw unfinished(orphan);
        }
        if (!StateIds.isDeliveries(orphan.state())) {
            return;
        }
        String step = orphan.state().stepPath();
        StateReader keys = reader(DeliveryKey.class, orphan.keySchema());
        StateReader outboxes = reader(OutboxEntry.class, orphan.valueSchema());
        if (keys == null) {
            throw new RecoveryException(
                    "the recovery store names what is to be committed in another way: "
                            + store.schema(orphan.keySchema()));
        }
        PageCursor cursor = orphan.cursor();
        while (cursor.next()) {
            DeliveryKey key =
                    (DeliveryKey)
                            keys.decode(orphan.data(), cursor.keyOffset(), cursor.keyLength());
            checkDone(step, NO_STEP, key, dropping(step));
            /* What a partition has staged itself is in no outbox, of which items could be rejected later. */
            if (outboxes != null) {
                Object outbox =
                        outboxes.decode(orphan.data(), cursor.valueOffset(), cursor.valueLength());
                checkNoneRejected(step, NO_STEP, new Work.Stored(key, outbox), dropping(step));
            }
        }
    }

    /** Checks that a work of a partition that the step does not list is done. */
    void checkNotListed(String step, Work.Stored work) {
        String what = "does not list partition '" + work.key().partition() + "'";
        checkDone(step, what, work.key(), ADOPTING);
    }

    /** Checks that nothing of a work waits to become dead letters, of which the step has none. */
    void checkWithoutLetters(String step, Work.Stored work) {
        checkNoneRejected(step, NO_LETTERS, work, ADOPTING);
    }

    private static String dropping(String step) {
        return "say formerly(...) if the step was renamed, or " + Drops.advice(step);
    }

    private void checkDone(String step, String what, DeliveryKey key, String otherwise) {
        if (key.epoch() > store.doneEpoch()) {
            throw new DeliveryException(
                    step,
                    "step '"
                            + step
                            + "' "
                            + what
                            + ", but the recovery store has what epoch "
                            + key.epoch()
                            + " decided for it and its target may lack; run the dataflow with it"
                            + " until that is committed, "
                            + otherwise,
                    null);
        }
    }

    private void checkNoneRejected(String step, String what, Work.Stored work, String otherwise) {
        if (work.value() instanceof OutboxEntry outbox && outbox.hasRejected(store.segments())) {
            throw new DeliveryException(
                    step,
                    "step '"
                            + step
                            + "' "
                            + what
                            + ", but the recovery store has items of epoch "
                            + work.key().epoch()
                            + " that the target of partition '"
                            + work.key().partition()
                            + "' rejected and that are yet to become its dead letters; run the"
                            + " dataflow with the step and its dead letters until an epoch in which"
                            + " nothing is rejected is done, "
                            + otherwise,
                    null);
        }
    }

    private static DeliveryException unfinished(StatePage orphan) {
        String step = orphan.state().stepPath();
        return new DeliveryException(
                step,
                "step '"
                        + step
                        + "' makes no calls any more, but the recovery store has items for which a"
                        + " call of it was not finished, and which no source brings again; run the"
                        + " dataflow with it until it is stopped while no call is under way, "
                        + dropping(step),
                null);
    }

    private @Nullable StateReader reader(Class<?> type, int schema) {
        SchemaVerdict verdict =
                StateCodec.of(type, CodecRegistry.empty()).reader(store.schema(schema));
        return verdict instanceof SchemaVerdict.Compatible compatible ? compatible.reader() : null;
    }
}
