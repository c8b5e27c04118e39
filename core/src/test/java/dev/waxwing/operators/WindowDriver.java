package dev.waxwing.operators;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import dev.waxwing.HandContext;
import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.WindowOut;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One key of a window step, called by hand as a runner calls it. */
final class WindowDriver<V, R> implements Outputs<WindowResult<R>> {

    private static final int NOTIFICATIONS_MAX = 1_000;

    final HandContext context = new HandContext();
    final List<WindowResult<R>> down = new ArrayList<>();
    final List<LateValue<V>> late = new ArrayList<>();
    final List<WindowResult.Metadata> meta = new ArrayList<>();
    private StatefulSpec<String, V, WindowResult<R>, Object> spec;
    private @Nullable StatefulLogic<V, WindowResult<R>, Object> logic;

    private WindowDriver(StatefulSpec<String, V, WindowResult<R>, Object> spec) {
        runAs(spec);
    }

    private void runAs(StatefulSpec<String, V, WindowResult<R>, Object> other) {
        spec = other;
        context.allowLateness(other.allowedLateness());
    }

    static <V, R> WindowDriver<V, R> of(
            Operator<KeyedStream<String, V>, WindowOut<String, V, R>> operator) {
        return new WindowDriver<>(spec(operator, null));
    }

    static <V, R> WindowDriver<V, R> of(
            Operator<KeyedStream<String, V>, WindowOut<String, V, R>> operator,
            WindowOptions options) {
        return new WindowDriver<>(spec(operator, options));
    }

    /* As a runner would get it, from the plan. */
    @SuppressWarnings("unchecked")
    private static <V, R> StatefulSpec<String, V, WindowResult<R>, Object> spec(
            Operator<KeyedStream<String, V>, WindowOut<String, V, R>> operator,
            @Nullable WindowOptions options) {
        var flow = Dataflow.named("flow");
        var out =
                flow.input("in", Fixtures.<V>source())
                        .keyOn("key", value -> "a")
                        .then("windows", operator);
        if (options != null) {
            out.with(options);
        }
        out.down().output("out", Fixtures.sink());
        var stateful = (CoreOperator.Stateful) flow.plan().coreSteps().get(2).operator();
        return (StatefulSpec<String, V, WindowResult<R>, Object>) stateful.spec();
    }

    /** Takes values, each in an activation of its own. */
    @SafeVarargs
    final WindowDriver<V, R> take(V... values) {
        for (V value : values) {
            call(logic -> logic.onItem(value, this));
            notifyDue();
        }
        return this;
    }

    WindowDriver<V, R> endOfInput() {
        call(logic -> logic.onEndOfInput(this));
        return this;
    }

    /** Moves the runtime's time on; what is due is notified. */
    WindowDriver<V, R> pause(Duration duration) {
        context.advance(duration);
        notifyDue();
        return this;
    }

    /** Moves the stream's watermark on; what is due is notified. */
    WindowDriver<V, R> watermark(long micros) {
        context.watermark(micros);
        notifyDue();
        return this;
    }

    /** Ends the execution and begins another one from the snapshot. */
    WindowDriver<V, R> restart() {
        StatefulLogic<V, WindowResult<R>, Object> before = logic;
        if (before != null) {
            Object state = before.snapshot();
            logic = null;
            logic = build(state);
            notifyDue();
        }
        return this;
    }

    /** The same with a step that has become another one. */
    WindowDriver<V, R> restartAs(
            Operator<KeyedStream<String, V>, WindowOut<String, V, R>> operator,
            WindowOptions options) {
        runAs(spec(operator, options));
        return restart();
    }

    /** Whether anything is kept of the key. */
    boolean isKept() {
        return logic != null;
    }

    /** When it wants to be notified by the runtime's time. */
    long notifyAtMillis() {
        return logic == null ? Long.MAX_VALUE : logic.notifyAtMillis();
    }

    /**
     * Results as {@code id:value}, or {@code id:value EARLY} if not on time; withdrawals as {@code
     * id into id}.
     */
    List<String> results() {
        return down.stream().map(WindowDriver::text).toList();
    }

    private static String text(WindowResult<?> each) {
        if (each instanceof WindowResult.Withdrawal<?> withdrawal) {
            return withdrawal.windowId() + " into " + withdrawal.mergedInto();
        }
        String timing = each.timing() == WindowResult.Timing.ON_TIME ? "" : " " + each.timing();
        return each.windowId() + ":" + each.value() + timing;
    }

    /** What is held by somebody who keeps the last result of each window id. */
    Map<Long, R> held() {
        Map<Long, R> held = new TreeMap<>();
        for (WindowResult<R> each : down) {
            if (each.isWithdrawal()) {
                held.remove(each.windowId());
            } else {
                held.put(each.windowId(), each.value());
            }
        }
        return held;
    }

    @Override
    public void emit(WindowResult<R> item) {
        down.add(item);
    }

    @Override
    @SuppressWarnings("unchecked") // the step's ports carry these
    public <X> void emit(Port<X> port, X item) {
        if (port.index() == WindowStep.LATE.index()) {
            late.add((LateValue<V>) item);
        } else {
            meta.add((WindowResult.Metadata) item);
        }
    }

    private void notifyDue() {
        int notified = 0;
        while (logic != null
                && (logic.notifyAtMillis() <= context.nowMillis()
                        || logic.notifyAtWatermark() <= context.watermarkMicros())) {
            if (++notified > NOTIFICATIONS_MAX) {
                throw new AssertionError("the step wants to be notified for ever");
            }
            call(logic -> logic.onNotify(this));
        }
    }

    private void call(Call<V, R> call) {
        StatefulLogic<V, WindowResult<R>, Object> called = logic == null ? build(null) : logic;
        try {
            logic = call.on(called) == Retain.KEEP ? called : null;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private StatefulLogic<V, WindowResult<R>, Object> build(@Nullable Object state) {
        try {
            return spec.builder().build(context, state);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Call<V, R> {
        Retain on(StatefulLogic<V, WindowResult<R>, Object> logic) throws Exception;
    }
}
