package dev.waxwing.testing.operators;

import dev.waxwing.Keyed;
import dev.waxwing.Stream;
import java.util.List;

/**
 * The input of a spec as a plain stream.
 *
 * @param <T> item
 */
public final class Given<T> {

    private final OperatorSpec spec;
    private final List<?> elements;

    Given(OperatorSpec spec, List<?> elements) {
        this.spec = spec;
        this.elements = elements;
    }

    /** Adds the steps to be tested. */
    public <U> Outcome<U> through(OperatorSpec.Steps<T, U> steps) {
        return new Outcome<>(
                spec,
                elements,
                (stream, sink) -> steps.add(cast(stream)).output("out", sink),
                false,
                mode -> true);
    }

    /** Adds steps that end in a keyed stream; pairs are compared. */
    public <K, W> Outcome<Keyed<K, W>> throughKeyed(OperatorSpec.KeyingSteps<T, K, W> steps) {
        return new Outcome<>(
                spec,
                elements,
                (stream, sink) ->
                        steps.add(cast(stream))
                                .<Keyed<K, W>>map("keyed-out", Keyed::new)
                                .output("out", sink),
                true,
                mode -> true);
    }

    @SuppressWarnings("unchecked") // the elements are items of this type and marks
    private Stream<T> cast(Stream<?> stream) {
        return (Stream<T>) stream;
    }
}
