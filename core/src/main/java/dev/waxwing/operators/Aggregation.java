package dev.waxwing.operators;

import dev.waxwing.function.Folder;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Order;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import dev.waxwing.function.TypeRef;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How values become one result, in parts that can be combined.
 *
 * @param <V> value
 * @param <A> what they become
 * @param <R> result
 */
interface Aggregation<V, A, R> extends Serializable {

    /**
     * Of one value.
     *
     * @param arrival grows with each value of the key
     */
    A first(V value, long arrival) throws Exception;

    /** Of what came before and a value, the newest; may change and return the first. */
    A add(A before, V value, long arrival) throws Exception;

    /**
     * Of two parts, the one that lies earlier in time first, though its values may have come later;
     * may change and return the first.
     */
    A merge(A left, A right) throws Exception;

    /** The same, in an object that does not change with the original. */
    A copy(A original) throws Exception;

    /** The result of a window. */
    R result(A aggregate);

    /**
     * The type of what values become, where a user has declared the type of what a window keeps.
     */
    default TypeRef<?> stateType(TypeRef<?> declared) {
        return declared;
    }

    /** Folds into what a supplier makes. */
    record Folding<V, A>(
            Supplier<? extends A> initial, Folder<A, ? super V> folder, Reducer<A> merger)
            implements Aggregation<V, A, A>, HoldsCode {

        private static final long serialVersionUID = 1L;

        public Folding {
            Objects.requireNonNull(initial, "initial must not be null");
            Objects.requireNonNull(folder, "folder must not be null");
            Objects.requireNonNull(merger, "merger must not be null");
        }

        @Override
        public A first(V value, long arrival) throws Exception {
            return add(begin(), value, arrival);
        }

        @Override
        public A add(A before, V value, long arrival) throws Exception {
            return Objects.requireNonNull(
                    folder.fold(before, value), "folder must not return null");
        }

        @Override
        public A merge(A left, A right) throws Exception {
            return Objects.requireNonNull(
                    merger.reduce(left, right), "merger must not return null");
        }

        @Override
        public A copy(A original) throws Exception {
            return merge(begin(), original);
        }

        @Override
        public A result(A aggregate) {
            return aggregate;
        }

        private A begin() throws Exception {
            return Objects.requireNonNull(initial.get(), "the initial value must not be null");
        }

        @Override
        public List<Serializable> code() {
            return List.of(initial, folder, merger);
        }
    }

    /** Combines values, which do not change, in whatever order. */
    record Reducing<V>(Reducer<V> reducer) implements Aggregation<V, V, V>, HoldsCode {

        private static final long serialVersionUID = 1L;

        public Reducing {
            Objects.requireNonNull(reducer, "reducer must not be null");
        }

        @Override
        public V first(V value, long arrival) {
            return value;
        }

        @Override
        public V add(V before, V value, long arrival) throws Exception {
            return merge(before, value);
        }

        @Override
        public V merge(V left, V right) throws Exception {
            return Objects.requireNonNull(
                    reducer.reduce(left, right), "reducer must not return null");
        }

        @Override
        public V copy(V original) {
            return original;
        }

        @Override
        public V result(V aggregate) {
            return aggregate;
        }

        @Override
        public List<Serializable> code() {
            return List.of(reducer);
        }
    }

    /**
     * Chooses the first value of an order, of equals the first to arrive. Parts lie in order of
     * time, so which of them has the first of equals is told by its arrival.
     */
    record Choosing<V>(Order<? super V> order) implements Aggregation<V, Chosen<V>, V>, HoldsCode {

        private static final long serialVersionUID = 1L;

        public Choosing {
            Objects.requireNonNull(order, "order must not be null");
        }

        @Override
        public Chosen<V> first(V value, long arrival) {
            return new Chosen<>(value, arrival);
        }

        @Override
        public Chosen<V> add(Chosen<V> before, V value, long arrival) throws Exception {
            return order.compare(value, before.value()) < 0 ? new Chosen<>(value, arrival) : before;
        }

        @Override
        public Chosen<V> merge(Chosen<V> left, Chosen<V> right) throws Exception {
            int compared = order.compare(left.value(), right.value());
            if (compared == 0) {
                return left.arrival() <= right.arrival() ? left : right;
            }
            return compared < 0 ? left : right;
        }

        @Override
        public Chosen<V> copy(Chosen<V> original) {
            return original;
        }

        @Override
        public V result(Chosen<V> aggregate) {
            return aggregate.value();
        }

        @Override
        public TypeRef<?> stateType(TypeRef<?> declared) {
            return TypeRef.parameterized(Chosen.class, List.of(declared));
        }

        @Override
        public List<Serializable> code() {
            return List.of(order);
        }
    }

    /**
     * A value that was chosen. Immutable.
     *
     * @param arrival its number among the values of the key
     */
    record Chosen<V>(V value, long arrival) {}

    /** Counts. */
    record Counting<V>() implements Aggregation<V, Long, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long first(V value, long arrival) {
            return 1L;
        }

        @Override
        public Long add(Long before, V value, long arrival) {
            return before + 1;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }

        @Override
        public Long copy(Long original) {
            return original;
        }

        @Override
        public Long result(Long aggregate) {
            return aggregate;
        }
    }
}
