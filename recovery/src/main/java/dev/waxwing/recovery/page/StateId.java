package dev.waxwing.recovery.page;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one piece of state: all keys that one operator keeps under one name.
 *
 * @param stepPath the user's path of the step, such as {@code shop.cart}; never the inner structure
 *     of an operator, so that operators may be rebuilt without losing what they stored
 * @param stateName as the operator declares it, such as {@code state}
 */
public record StateId(String stepPath, String stateName) implements Comparable<StateId> {

    private static final Comparator<StateId> ORDER =
            Comparator.comparing(StateId::stepPath).thenComparing(StateId::stateName);

    /** Both parts must be given and not be blank. */
    public StateId {
        requireText(stepPath, "step path");
        requireText(stateName, "state name");
    }

    /** In the words of messages: {@code state 'state' of step 'shop.cart'}. */
    public String asText() {
        return "state '" + stateName + "' of step '" + stepPath + "'";
    }

    @Override
    public int compareTo(StateId other) {
        return ORDER.compare(this, other);
    }

    private static void requireText(String text, String what) {
        if (Objects.requireNonNull(text, what).isBlank()) {
            throw new IllegalArgumentException(
                    what + " of a state must not be blank; name the step and its state");
        }
    }
}
