package dev.waxwing;

/**
 * Makes a step out of others: the door by which every operator enters a dataflow, the library's and
 * users' alike, through {@code stream.then("step", operator)}.
 *
 * <p>The steps that it adds become substeps of the step that is being made, with ids under that
 * step's. What it returns, a stream or a record of streams, is what {@code then} returns.
 *
 * @param <I> the stream it is applied to: a {@link Stream} or a {@link KeyedStream}
 * @param <R> its result: a stream, a record of streams, or anything else
 */
@FunctionalInterface
public interface Operator<I, R> {

    /** Adds steps to the dataflow of {@code up}; called once for each use. */
    R apply(I up);

    /**
     * Gives an operator a name for plans, and makes its substeps its own business: messages and
     * recovery know the step as a whole, by the user's step id and the state names that the
     * operator declares, so that its inside may change without losing state.
     *
     * @param operatorName as shown in plans
     */
    static <I, R> Operator<I, R> named(String operatorName, Operator<I, R> operator) {
        return new NamedOperator<>(operatorName, operator);
    }
}
