package dev.waxwing.windowing;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says to which windows a time belongs. Immutable; makes a logic for each key.
 *
 * <p>Ready ones are {@link TumblingWindower}, {@link SlidingWindower}, {@link SessionWindower} and
 * {@link CountWindower}; a user's own plugs in here.
 *
 * @param <S> what a key's windower keeps over a restart
 */
public interface Windower<S> extends Serializable {

    /**
     * @param resumeState what the key's windower last gave to a snapshot, or null for a new key
     */
    WindowerLogic<S> build(@Nullable S resumeState);

    /**
     * What the numbers and bounds of open windows depend on: by name, such as {@code length of
     * windows}, as text. It must stay the same as long as a recovery store has windows of the step:
     * a start with other settings is refused. By default the name of the class.
     */
    default Map<String, String> settings() {
        return Map.of("kind of windows", getClass().getName());
    }
}
