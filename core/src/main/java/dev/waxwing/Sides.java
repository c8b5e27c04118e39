package dev.waxwing;

import dev.waxwing.internal.RowMaker;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Sided;
import dev.waxwing.join.Timestamps;
import dev.waxwing.operators.Joins;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.Windower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sides of a join, all under keys of one type: {@code Sides.of(orders, payments,
 * parcels).join("order", JoinOptions.complete())}. Immutable.
 *
 * @param <K> key
 * @param <R> the row of a value of each side
 */
public final class Sides<K, R> {

    private final KeyedStream<K, ?> first;
    private final List<KeyedStream<K, ?>> others;
    private final RowMaker<R> rows;

    private Sides(KeyedStream<K, ?> first, List<KeyedStream<K, ?>> others, RowMaker<R> rows) {
        this.first = first;
        this.others = List.copyOf(others);
        this.rows = rows;
    }

    /** Two sides. */
    @SuppressWarnings("unchecked") // rows are made of values of these streams
    public static <K, A, B> Sides<K, Row2<A, B>> of(
            KeyedStream<K, A> first, KeyedStream<K, B> second) {
        return new Sides<>(first, List.of(second), sides -> new Row2<>((A) sides[0], (B) sides[1]));
    }

    /** Three sides. */
    @SuppressWarnings("unchecked") // as above
    public static <K, A, B, C> Sides<K, Row3<A, B, C>> of(
            KeyedStream<K, A> first, KeyedStream<K, B> second, KeyedStream<K, C> third) {
        return new Sides<>(
                first,
                List.of(second, third),
                sides -> new Row3<>((A) sides[0], (B) sides[1], (C) sides[2]));
    }

    /** Four sides. */
    @SuppressWarnings("unchecked") // as above
    public static <K, A, B, C, D> Sides<K, Row4<A, B, C, D>> of(
            KeyedStream<K, A> first,
            KeyedStream<K, B> second,
            KeyedStream<K, C> third,
            KeyedStream<K, D> fourth) {
        return new Sides<>(
                first,
                List.of(second, third, fourth),
                sides -> new Row4<>((A) sides[0], (B) sides[1], (C) sides[2], (D) sides[3]));
    }

    /** Any number of sides, at least one. */
    public static <K> Sides<K, Row> all(List<? extends KeyedStream<K, ?>> streams) {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("a join needs at least one side");
        }
        return new Sides<>(
                streams.get(0),
                new ArrayList<>(streams.subList(1, streams.size())),
                sides -> new Row(Arrays.asList(sides)));
    }

    /**
     * Joins the values of each key. Sides are taken as they come: no order is promised between
     * them.
     */
    public KeyedStream<K, R> join(String stepName, JoinOptions options) {
        return then(stepName, Joins.of(others, rows, options));
    }

    /**
     * Joins the values of each window, in order of their timestamps.
     *
     * @param clock for the values of all sides; see {@link Timestamps}
     */
    public WindowOut<K, Sided, R> joinWindow(
            String stepName, Clock<Object, ?> clock, Windower<?> windower, JoinOptions options) {
        return then(stepName, Joins.inWindows(others, rows, clock, windower, options));
    }

    @SuppressWarnings("unchecked") // values of the first side are only put into rows
    private <X> X then(String stepName, Operator<KeyedStream<K, Object>, X> operator) {
        return ((KeyedStream<K, Object>) first).then(stepName, operator);
    }

    /**
     * A row of a join of any number of sides.
     *
     * @param sides a value for each side in order; null if it is missing, and nothing else is: null
     *     values are refused everywhere
     */
    public record Row(List<@Nullable Object> sides) {

        public Row {
            sides = Collections.unmodifiableList(new ArrayList<>(sides));
        }

        /**
         * The value of a side, from 0, or null if it is missing.
         *
         * @throws ClassCastException if the side's values are of another type
         */
        public <T> @Nullable T side(int index, Class<T> type) {
            return type.cast(sides.get(index));
        }
    }

    /**
     * A row of a join of two sides. A missing side is null, and nothing else is: null values are
     * refused everywhere.
     *
     * @param first of the first side; null if it is missing
     * @param second of the second side; null if it is missing
     * @param <A> value of the first side
     * @param <B> value of the second side
     */
    public record Row2<A, B>(@Nullable A first, @Nullable B second) {}

    /**
     * A row of a join of three sides. A missing side is null, and nothing else is: null values are
     * refused everywhere.
     *
     * @param first of the first side; null if it is missing
     * @param second of the second side; null if it is missing
     * @param third of the third side; null if it is missing
     * @param <A> value of the first side
     * @param <B> value of the second side
     * @param <C> value of the third side
     */
    public record Row3<A, B, C>(@Nullable A first, @Nullable B second, @Nullable C third) {}

    /**
     * A row of a join of four sides. A missing side is null, and nothing else is: null values are
     * refused everywhere.
     *
     * @param first of the first side; null if it is missing
     * @param second of the second side; null if it is missing
     * @param third of the third side; null if it is missing
     * @param fourth of the fourth side; null if it is missing
     * @param <A> value of the first side
     * @param <B> value of the second side
     * @param <C> value of the third side
     * @param <D> value of the fourth side
     */
    public record Row4<A, B, C, D>(
            @Nullable A first, @Nullable B second, @Nullable C third, @Nullable D fourth) {}
}
