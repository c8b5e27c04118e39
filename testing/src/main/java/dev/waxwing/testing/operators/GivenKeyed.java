package dev.waxwing.testing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;

/**
 * The input of a spec as a keyed stream.
 *
 * @param <K> key
 * @param <V> value
 */
public final class GivenKeyed<K, V> {

    private final Given<Keyed<K, V>> pairs;

    GivenKeyed(Given<Keyed<K, V>> pairs) {
        this.pairs = pairs;
    }

    /** Adds the steps to be tested; pairs are compared. */
    public <L, W> Outcome<Keyed<L, W>> through(OperatorSpec.KeyedSteps<K, V, L, W> steps) {
        return pairs.throughKeyed(stream -> steps.add(keyed(stream)));
    }

    /** Adds steps that end in a plain stream. */
    public <U> Outcome<U> throughPlain(OperatorSpec.UnkeyingSteps<K, V, U> steps) {
        return pairs.through(stream -> steps.add(keyed(stream)));
    }

    private static <K, V> KeyedStream<K, V> keyed(Stream<Keyed<K, V>> pairs) {
        return pairs.<K>keyOn("key", Keyed::key).mapValue("value", Keyed::value);
    }
}
