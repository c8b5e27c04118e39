package dev.waxwing.windowing;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Says to which windows a time belongs. Immutable; makes a logic for each key.
 *
 * <p>Ready ones are {@link TumblingWindower}, {@link SlidingWindower}, {@link SessionWindower} and
 * {@link CountWindower}; a user's own plugs in here. Settings must stay the same as long as windows
 * are open in a recovery store.
 *
 * @param <S> what a key's windower keeps over a restart
 */
public interface Windower<S> extends Serializable {

    /**
     * @param resumeState what the key's windower last gave to a snapshot, or null for a new key
     */
    WindowerLogic<S> build(@Nullable S resumeState);
}
