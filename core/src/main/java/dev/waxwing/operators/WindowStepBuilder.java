package dev.waxwing.operators;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.FunctionTypes;
import dev.waxwing.internal.SlidingBounds;
import dev.waxwing.internal.TypeArguments;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SlidingWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the windows of a key. Immutable. */
final class WindowStepBuilder<K, V, R>
        implements StatefulLogic.Builder<K, V, WindowResult<R>, WindowStep.State<?, ?, V>>,
                HoldsCode {

    private static final long serialVersionUID = 1L;

    private final Clock<? super V, ?> clock;
    private final Windower<?> windower;
    private final WindowContent<V, R, ?> content;
    private final WindowOptions options;
    private final @Nullable SlidingBounds bounds;
    private final boolean isOneResultAWindow;

    WindowStepBuilder(
            Clock<? super V, ?> clock,
            Windower<?> windower,
            WindowContent<V, R, ?> content,
            WindowOptions options) {
        this.clock = Objects.requireNonNull(clock, "clock must not be null");
        this.windower = Objects.requireNonNull(windower, "windower must not be null");
        this.content = content;
        this.options = Objects.requireNonNull(options, "options must not be null");
        this.bounds = content.aggregation() == null ? null : slidingBounds(windower);
        this.isOneResultAWindow = options.isOneResultAWindow();
    }

    /** The step as its operator declares it. */
    StatefulSpec<K, V, WindowResult<R>, WindowStep.State<?, ?, V>> spec() {
        Tumbling<K, V, ?, R> tumbling = tumbling(content);
        return StatefulSpec.of("windows", tumbling == null ? this : tumbling)
                .withStateType(stateType())
                .withSidePorts(WindowStep.LATE, WindowStep.META)
                .withSettings(settings())
                .followingWatermark(options.allowedLateness());
    }

    /** The same with other options, and with a declared type of what a window keeps. */
    WindowStepBuilder<K, V, R> with(@Nullable WindowOptions other, @Nullable TypeRef<?> stateType) {
        return new WindowStepBuilder<>(
                clock,
                windower,
                stateType == null ? content : content.withStateType(stateType),
                other == null ? options : other);
    }

    @Override
    public StatefulLogic<V, WindowResult<R>, WindowStep.State<?, ?, V>> build(
            LogicContext<K> context, WindowStep.@Nullable State<?, ?, V> resumeState)
            throws Exception {
        @SuppressWarnings("unchecked") // what windows have given to a snapshot they get back
        WindowsState<Object, Object> stored =
                resumeState == null ? null : (WindowsState<Object, Object>) resumeState.windows();
        return new WindowStep<>(clock, windows(context, stored), options, context, resumeState);
    }

    @SuppressWarnings("unchecked") // what a windower has given to a snapshot it gets back
    private OpenWindows<V, R> windows(
            LogicContext<K> context, @Nullable WindowsState<Object, Object> stored)
            throws Exception {
        WindowContent<V, R, Object> typed = (WindowContent<V, R, Object>) content;
        Aggregation<V, Object, R> aggregation = typed.aggregation();
        if (bounds != null && aggregation != null && isOneResultAWindow) {
            return stored == null || stored.windows().isEmpty()
                    ? new PaneWindows<>(bounds, aggregation, stored)
                    : new OlderWindows<>(bounds, aggregation, stored);
        }
        return new LogicWindows<>(
                (Windower<Object>) windower,
                typed.logic(),
                options,
                context,
                stored == null ? null : apart(aggregation, stored, context));
    }

    /* Windows of an aggregation may have shared panes, or begun to, with the options of before. */
    private WindowsState<Object, Object> apart(
            @Nullable Aggregation<V, Object, R> aggregation,
            WindowsState<Object, Object> stored,
            LogicContext<K> context)
            throws Exception {
        if (bounds != null && aggregation != null) {
            long earlyAtMillis = LogicWindows.nextEarlyMillis(options, context);
            return PaneWindows.apart(bounds, aggregation, stored, earlyAtMillis);
        }
        return stored;
    }

    /* The options are none of them: what is open goes on with today's. */
    private Map<String, String> settings() {
        return StateSettings.all(
                StateSettings.all(StateSettings.ofClock(clock), windower.settings()),
                content.settings());
    }

    private TypeRef<?> stateType() {
        TypeRef<?> state = orAny(content.stateType());
        TypeRef<?> windows =
                TypeRef.parameterized(
                        WindowsState.class,
                        List.of(argument(windower.getClass(), Windower.class, 0), state));
        return TypeRef.parameterized(
                WindowStep.State.class, List.of(clockState(clock), windows, orAny(waitingType())));
    }

    /* Values that never wait need not be of a type that can be stored. */
    private @Nullable TypeRef<?> waitingType() {
        TypeRef<?> type = valueType();
        boolean isOpen =
                type != null
                        && type.type() instanceof Class<?> plain
                        && !plain.isSealed()
                        && Modifier.isAbstract(plain.getModifiers());
        return isOpen && options.order() == WindowOptions.Order.AS_THEY_COME ? null : type;
    }

    private @Nullable TypeRef<?> valueType() {
        if (content.valueType() != null) {
            return content.valueType();
        }
        if (clock instanceof EventClock<?> event) {
            return FunctionTypes.parameter(event.timestamp(), 0);
        }
        return clock instanceof StreamClock<?> stream
                ? FunctionTypes.parameter(stream.timestamp(), 0)
                : null;
    }

    /** The type of what a clock keeps. */
    static TypeRef<?> clockState(Clock<?, ?> clock) {
        return clock instanceof SidedClock<?> sided
                ? clockState(sided.clock())
                : argument(clock.getClass(), Clock.class, 1);
    }

    private static TypeRef<?> argument(Class<?> type, Class<?> wanted, int index) {
        return TypeRef.ofType(TypeArguments.of(type, wanted, index));
    }

    private static TypeRef<?> orAny(@Nullable TypeRef<?> type) {
        return type == null ? TypeRef.of(Object.class) : type;
    }

    @SuppressWarnings("unchecked") // a clock of such values has a function of such values
    private <A> @Nullable Tumbling<K, V, A, R> tumbling(WindowContent<V, R, A> content) {
        Aggregation<V, A, R> aggregation = content.aggregation();
        if (bounds == null
                || aggregation == null
                || !isOneResultAWindow
                || bounds.length() != bounds.offset()
                || options.order() != WindowOptions.Order.AS_THEY_COME
                || !(clock instanceof StreamClock<?> stream)) {
            return null;
        }
        Mapper<? super V, Instant> timestamp = (Mapper<? super V, Instant>) stream.timestamp();
        return new Tumbling<>(this, new Tumbling.Parts<>(timestamp, bounds, aggregation));
    }

    private static @Nullable SlidingBounds slidingBounds(Windower<?> windower) {
        if (windower instanceof TumblingWindower tumbling) {
            return slidingBounds(tumbling.toSliding());
        }
        if (windower instanceof SlidingWindower sliding) {
            return new SlidingBounds(
                    Micros.of(sliding.length()),
                    Micros.of(sliding.offset()),
                    Micros.of(sliding.alignTo()));
        }
        return null;
    }

    @Override
    public List<Serializable> code() {
        return List.of(clock, windower, content);
    }
}
