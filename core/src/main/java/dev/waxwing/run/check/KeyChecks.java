package dev.waxwing.run.check;

import dev.waxwing.step.StepFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of the keys that one step gives to items. Confined to the thread of a worker. */
public final class KeyChecks {

    private final String stepId;
    private @Nullable Class<?> knownType;

    public KeyChecks(String stepId) {
        this.stepId = stepId;
    }

    /**
     * A key that the step made for an item: not null, and of a type whose equality is its own, for
     * an identity hash would find no state again after a restart. Records are looked into: by the
     * types of their components, and where these leave it open by what is in the first key of the
     * class.
     */
    public <K> K key(@Nullable K key, Object item) {
        if (key == null) {
            throw nullKey(item);
        }
        if (key.getClass() != knownType) {
            checkType(key);
        }
        return key;
    }

    StepFailedException nullKey(Object item) {
        return failed(
                "gave item " + StepChecks.shown(item) + " a null key; every item needs a key");
    }

    private void checkType(Object key) {
        Class<?> odd = KeyEquality.identityType(key);
        if (odd != null) {
            throw failed(
                    "keys of "
                            + odd.getTypeName()
                            + " have no equals and hashCode of their own; use strings, numbers,"
                            + " UUIDs, enums, records or lists of these as keys");
        }
        /* The elements of a list can be of other types each time. */
        knownType = key instanceof List ? null : key.getClass();
    }

    private StepFailedException failed(String message) {
        return new StepFailedException(stepId, "step '" + stepId + "': " + message, null);
    }
}
