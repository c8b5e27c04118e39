package dev.waxwing.state;

import dev.waxwing.function.Mapper;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Port;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stateful step as its operator declares it.
 *
 * @param stateName names the state within the user's step; with the step's id it is what recovery
 *     finds the state by, so it must not change
 * @param builder builds the logic of a key
 * @param stored what recovery has to know of the state
 * @param sidePorts outputs beside the main one
 * @param time whether logics follow the watermark of the stream, which is then part of the step's
 *     state
 * @param allowedLateness how far behind the watermark a value may be without being late; what was
 *     late once stays so if a later start allows more, see {@link LogicContext#lateBeforeMicros}
 * @param <K> key
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state
 */
public record StatefulSpec<K, V, W, S>(
        String stateName,
        StatefulLogic.Builder<K, V, W, S> builder,
        Stored stored,
        List<Port<?>> sidePorts,
        Time time,
        Duration allowedLateness)
        implements Serializable {

    /** Whether the logics of a step follow the watermark of their stream. */
    public enum Time {
        /** {@link LogicContext#watermarkMicros} is asked for. */
        FOLLOWED,
        /** It is not, and passes by. */
        IGNORED
    }

    /**
     * What recovery has to know of a state.
     *
     * @param stateType type of the state, or null if it can only be told from the values
     * @param keyType type of the key, or null if it can only be told from the keys
     * @param settings by name, as text, what the meaning of stored state depends on, such as the
     *     length of windows: kept with it, so that a start with others is refused; without line
     *     breaks
     * @param otherForm in which the state may have been stored, or null
     */
    public record Stored(
            @Nullable TypeRef<?> stateType,
            @Nullable TypeRef<?> keyType,
            Map<String, String> settings,
            @Nullable OtherForm otherForm)
            implements Serializable {

        static final Stored UNTOLD = new Stored(null, null, Map.of(), null);

        /** Takes a copy of the settings. */
        public Stored {
            settings = Map.copyOf(settings);
        }
    }

    /**
     * Another form of the same state, in which the step keeps it with other options.
     *
     * @param type of it, or null if it can only be told from the values
     * @param conversion to the form of today; gives back what has it already
     */
    public record OtherForm(@Nullable TypeRef<?> type, Mapper<Object, Object> conversion)
            implements Serializable {}

    public StatefulSpec {
        sidePorts = List.copyOf(sidePorts);
        if (stateName.isEmpty()) {
            throw new IllegalArgumentException("stateName must not be empty");
        }
    }

    /** A step without side outputs; the state's type is read from the builder if it can be. */
    public static <K, V, W, S> StatefulSpec<K, V, W, S> of(
            String stateName, StatefulLogic.Builder<K, V, W, S> builder) {
        return new StatefulSpec<>(
                stateName, builder, Stored.UNTOLD, List.of(), Time.IGNORED, Duration.ZERO);
    }

    /** Type of the state, or null if it can only be told from the values. */
    public @Nullable TypeRef<?> stateType() {
        return stored.stateType;
    }

    /** Type of the key, or null if it can only be told from the keys. */
    public @Nullable TypeRef<?> keyType() {
        return stored.keyType;
    }

    /** The same with a declared type of the state. */
    public StatefulSpec<K, V, W, S> withStateType(@Nullable TypeRef<?> type) {
        return with(new Stored(type, stored.keyType, stored.settings, stored.otherForm));
    }

    /** The same with a declared type of the key. */
    public StatefulSpec<K, V, W, S> withKeyType(@Nullable TypeRef<?> type) {
        return with(new Stored(stored.stateType, type, stored.settings, stored.otherForm));
    }

    /** The same with settings that the meaning of stored state depends on. */
    public StatefulSpec<K, V, W, S> withSettings(Map<String, String> depended) {
        return with(new Stored(stored.stateType, stored.keyType, depended, stored.otherForm));
    }

    /** The same with another form in which the state may have been stored. */
    public StatefulSpec<K, V, W, S> withOtherForm(OtherForm form) {
        return with(new Stored(stored.stateType, stored.keyType, stored.settings, form));
    }

    /** The same with side outputs, whose indexes count from 1. */
    public StatefulSpec<K, V, W, S> withSidePorts(Port<?>... ports) {
        return new StatefulSpec<>(
                stateName, builder, stored, List.of(ports), time, allowedLateness);
    }

    /** The same with logics that follow the watermark of their stream. */
    public StatefulSpec<K, V, W, S> followingWatermark() {
        return followingWatermark(Duration.ZERO);
    }

    /** The same, with values that may be so far behind the watermark. */
    public StatefulSpec<K, V, W, S> followingWatermark(Duration lateness) {
        return new StatefulSpec<>(stateName, builder, stored, sidePorts, Time.FOLLOWED, lateness);
    }

    /** The same with another builder, whose state is of the same type. */
    public StatefulSpec<K, V, W, S> withBuilder(StatefulLogic.Builder<K, V, W, S> other) {
        return new StatefulSpec<>(stateName, other, stored, sidePorts, time, allowedLateness);
    }

    private StatefulSpec<K, V, W, S> with(Stored changed) {
        return new StatefulSpec<>(stateName, builder, changed, sidePorts, time, allowedLateness);
    }
}
