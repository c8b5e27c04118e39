package dev.waxwing.operators;

import dev.waxwing.JoinOut;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.WindowOut;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.RowMaker;
import dev.waxwing.join.Interval;
import dev.waxwing.join.Interval.Match;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Sided;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.StateOptions;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.Windower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Joins values of several streams under one key. */
public final class Joins {

    private Joins() {}

    public static <K, V, R> Operator<KeyedStream<K, V>, KeyedStream<K, R>> of(
            List<? extends KeyedStream<K, ?>> others, RowMaker<R> rows, JoinOptions options) {
        int count = others.size() + 1;
        StatefulLogic.Builder<K, Sided, R, JoinSides.State> builder =
                (context, state) -> new JoinLogic<>(count, options, rows, state);
        Operator<KeyedStream<K, Sided>, KeyedStream<K, R>> join =
                joining(builder, options, StateSettings.ofJoin(count, options));
        return Operator.named("join", up -> join.apply(sided(up, others)));
    }

    private static <K, R> Operator<KeyedStream<K, Sided>, KeyedStream<K, R>> joining(
            StatefulLogic.Builder<K, Sided, R, JoinSides.State> builder,
            JoinOptions options,
            Map<String, String> settings) {
        TypeRef<?> stateType = TypeRef.of(JoinSides.State.class);
        if (!options.expires()) {
            return up ->
                    up.stateful(
                            "stateful",
                            StatefulSpec.of("state", builder)
                                    .withStateType(stateType)
                                    .withSettings(settings)
                                    .withOtherForm(ExpiringState.ofStateAlone(stateType)));
        }
        StateOptions expire = StateOptions.expireAfter(options.timeToLive());
        return options.emit() == JoinOptions.Emit.FINAL
                ? StatefulMaps.expiringToTheEnd("join", builder, stateType, expire, settings)
                : StatefulMaps.expiring("join", builder, stateType, expire, settings);
    }

    public static <K, V, R> Operator<KeyedStream<K, V>, WindowOut<K, Sided, R>> inWindows(
            List<? extends KeyedStream<K, ?>> others,
            RowMaker<R> rows,
            Clock<Object, ?> clock,
            Windower<?> windower,
            JoinOptions options) {
        Objects.requireNonNull(clock, "clock must not be null");
        if (options.expires()) {
            throw new IllegalArgumentException(
                    "timeToLive is not for windowed joins, whose state ends with the window");
        }
        int count = others.size() + 1;
        WindowContent<Sided, R, JoinSides.State> content =
                new WindowContent<>(
                        (arrivals, state) -> new JoinWindowLogic<>(count, options, rows, state),
                        null,
                        TypeRef.of(JoinSides.State.class),
                        TypeRef.of(Sided.class),
                        StateSettings.ofJoin(count, options));
        Operator<KeyedStream<K, Sided>, WindowOut<K, Sided, R>> join =
                Windows.of(
                        "joinWindow",
                        new SidedClock<>(clock),
                        windower,
                        content,
                        WindowOptions.ordered());
        return Operator.named("joinWindow", up -> join.apply(sided(up, others)));
    }

    public static <K, A, B> Operator<KeyedStream<K, A>, JoinOut<K, Match<A, B>>> near(
            KeyedStream<K, B> right, Clock<Object, ?> clock, Interval interval) {
        Objects.requireNonNull(clock, "clock must not be null");
        Objects.requireNonNull(interval, "interval must not be null");
        StatefulLogic.Builder<K, Sided, Match<A, B>, IntervalJoinLogic.State<?>> builder =
                (context, state) -> new IntervalJoinLogic<>(clock, interval, context, state);
        StatefulSpec<K, Sided, Match<A, B>, IntervalJoinLogic.State<?>> spec =
                StatefulSpec.of("state", builder)
                        .withStateType(
                                TypeRef.parameterized(
                                        IntervalJoinLogic.State.class,
                                        List.of(WindowStepBuilder.clockState(clock))))
                        .withSidePorts(IntervalJoinLogic.LATE)
                        .withSettings(StateSettings.ofClock(clock))
                        .followingWatermark();
        return Operator.named(
                "intervalJoin",
                up -> {
                    KeyedStream<K, Match<A, B>> down =
                            sided(up, List.of(right)).stateful("stateful", spec);
                    return new JoinOut<>(down, down.side(IntervalJoinLogic.LATE));
                });
    }

    /* One stream of all sides. */
    private static <K> KeyedStream<K, Sided> sided(
            KeyedStream<K, ?> first, List<? extends KeyedStream<K, ?>> others) {
        List<KeyedStream<K, Sided>> rest = new ArrayList<>();
        KeyedStream<K, Sided> one = side(first, 0);
        for (KeyedStream<K, ?> other : others) {
            rest.add(side(other, rest.size() + 1));
        }
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of these only
        KeyedStream<K, Sided>[] array = rest.toArray(new KeyedStream[0]);
        return array.length == 0 ? one : one.merge("sides", array);
    }

    private static <K, V> KeyedStream<K, Sided> side(KeyedStream<K, V> stream, int index) {
        return stream.mapValue("side" + index, value -> new Sided(index, value));
    }
}
