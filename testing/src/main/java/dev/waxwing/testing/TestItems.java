package dev.waxwing.testing;

import dev.waxwing.Keyed;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What the elements of a {@link TestSource} can be beside items: what happens to an execution,
 * given as data. For static imports.
 */
public final class TestItems {

    private TestItems() {}

    /** The execution crashes here: once, a later execution passes over it. */
    public static Mark crash() {
        return new Crash();
    }

    /** The next item comes no earlier than this. */
    public static Mark pause(Duration duration) {
        return new Pause(duration);
    }

    /**
     * The next item comes when all before it is decided and done, so that the next execution goes
     * on from there or later; with recovery on only.
     */
    public static Mark decided() {
        return new Decided();
    }

    /** Input ends here for this execution; the next one goes on behind it. */
    public static Mark endOfInput() {
        return new EndOfInput();
    }

    /** A key and a value, short for tests. */
    public static <K, V> Keyed<K, V> keyed(K key, V value) {
        return new Keyed<>(key, value);
    }

    /** An element that is no item. */
    public sealed interface Mark extends Serializable {}

    record Crash() implements Mark {}

    record Pause(Duration duration) implements Mark {
        Pause {
            Objects.requireNonNull(duration, "duration must not be null");
        }
    }

    record Decided() implements Mark {}

    record EndOfInput() implements Mark {}
}
