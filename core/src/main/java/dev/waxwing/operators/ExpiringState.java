package dev.waxwing.operators;

import dev.waxwing.function.TypeRef;
import dev.waxwing.state.StatefulSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state and when its key was last seen.
 *
 * @param state the inner logic's
 * @param lastMillis when the last value came, in milliseconds of running time
 */
record ExpiringState<S>(S state, long lastMillis) {

    /** The type of such a state. */
    static TypeRef<?> type(@Nullable TypeRef<?> stateType) {
        return stateType == null
                ? TypeRef.of(ExpiringState.class)
                : TypeRef.parameterized(ExpiringState.class, List.of(stateType));
    }

    /** For steps that keep it alone: what was stored with a time to live. */
    static StatefulSpec.OtherForm ofStateAlone(@Nullable TypeRef<?> stateType) {
        return new StatefulSpec.OtherForm(
                type(stateType),
                stored -> stored instanceof ExpiringState<?> expiring ? expiring.state() : stored);
    }

    /** For steps that keep this: what was stored alone, whose time begins now. */
    static StatefulSpec.OtherForm ofExpiringState(@Nullable TypeRef<?> stateType) {
        return new StatefulSpec.OtherForm(
                stateType,
                stored ->
                        stored instanceof ExpiringState<?>
                                ? stored
                                : new ExpiringState<>(stored, Long.MAX_VALUE));
    }
}
