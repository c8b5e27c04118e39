package dev.waxwing.embedded.resume;

import dev.waxwing.DeliveryException;
import dev.waxwing.embedded.delivery.DeliveryKey;
import dev.waxwing.recovery.PageCursor;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.RecoveryStore;
import dev.waxwing.recovery.StatePage;
import dev.waxwing.recovery.codec.CodecRegistry;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;

/**
 * Refuses to go on without what is decided and not done, if the dataflow has no place for it any
 * more: later epochs would be done, and then nobody could tell that it never reached its target.
 */
final class Undelivered {

    private final RecoveryStore store;

    Undelivered(RecoveryStore store) {
        this.store = store;
    }

    /** Checks what a step that the dataflow does not have had to commit. */
    void check(StatePage orphan) {
        String step = orphan.state().stepPath();
        StateReader keys = keys(store.schema(orphan.keySchema()));
        PageCursor cursor = orphan.cursor();
        while (cursor.next()) {
            Object key = keys.decode(orphan.data(), cursor.keyOffset(), cursor.keyLength());
            check(step, "is not in the dataflow", (DeliveryKey) key);
        }
    }

    /** Checks what a partition that the step does not list had to commit. */
    void checkNotListed(String step, DeliveryKey key) {
        check(step, "does not list partition '" + key.partition() + "'", key);
    }

    private void check(String step, String what, DeliveryKey key) {
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
                            + " until that is committed, say formerly(...) if the step was renamed,"
                            + " or say in the options of recovery to adopt the targets as they are"
                            + " and give it up",
                    null);
        }
    }

    private static StateReader keys(String schemaText) {
        SchemaVerdict verdict =
                StateCodec.of(DeliveryKey.class, CodecRegistry.empty()).reader(schemaText);
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            return compatible.reader();
        }
        throw new RecoveryException(
                "the recovery store names what is to be committed in another way: " + schemaText);
    }
}
