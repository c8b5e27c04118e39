package dev.waxwing.operators;

import dev.waxwing.function.Folder;
import dev.waxwing.function.Reducer;
import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.util.Objects;

/**
 * How values become one result, in parts that can be combined.
 *
 * @param <V> value
 * @param <A> what they become
 */
interface Aggregation<V, A> extends Serializable {

    /** Of one value. */
    A first(V value) throws Exception;

    /** Of what came before and a value; may change and return the first. */
    A add(A before, V value) throws Exception;

    /** Of two parts, the earlier one first; may change and return the first. */
    A merge(A left, A right) throws Exception;

    /** The same, in an object that does not change with the original. */
    A copy(A original) throws Exception;

    /** Folds into what a supplier makes. */
    record Folding<V, A>(
            Supplier<? extends A> initial, Folder<A, ? super V> folder, Reducer<A> merger)
            implements Aggregation<V, A> {

        private static final long serialVersionUID = 1L;

        public Folding {
            Objects.requireNonNull(initial, "initial must not be null");
            Objects.requireNonNull(folder, "folder must not be null");
            Objects.requireNonNull(merger, "merger must not be null");
        }

        @Override
        public A first(V value) throws Exception {
            return add(begin(), value);
        }

        @Override
        public A add(A before, V value) throws Exception {
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

        private A begin() throws Exception {
            return Objects.requireNonNull(initial.get(), "the initial value must not be null");
        }
    }

    /** Combines values, which do not change. */
    record Reducing<V>(Reducer<V> reducer) implements Aggregation<V, V> {

        private static final long serialVersionUID = 1L;

        public Reducing {
            Objects.requireNonNull(reducer, "reducer must not be null");
        }

        @Override
        public V first(V value) {
            return value;
        }

        @Override
        public V add(V before, V value) throws Exception {
            return Objects.requireNonNull(
                    reducer.reduce(before, value), "reducer must not return null");
        }

        @Override
        public V merge(V left, V right) throws Exception {
            return add(left, right);
        }

        @Override
        public V copy(V original) {
            return original;
        }
    }

    /** Counts. */
    record Counting<V>() implements Aggregation<V, Long> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long first(V value) {
            return 1L;
        }

        @Override
        public Long add(Long before, V value) {
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
    }
}
