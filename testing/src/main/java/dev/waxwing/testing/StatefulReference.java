package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.DataflowException;
import dev.waxwing.windowing.Micros;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a logic for each key. */
final class StatefulReference extends ReferenceStep {

    private final StatefulSpec<Object, Object, Object, Object> spec;
    private final ReferenceTime.Context context;
    private final String stateId;
    private final Map<Object, Cell> cells = new LinkedHashMap<>();
    private final Set<Object> gotItems = new LinkedHashSet<>();
    private final Set<Object> changed = new LinkedHashSet<>();

    @SuppressWarnings("unchecked") // the stream that the logic was given to had its types
    StatefulReference(CoreStep step, ReferenceTime time, StatefulSpec<?, ?, ?, ?> spec) {
        super(step, time);
        this.spec = (StatefulSpec<Object, Object, Object, Object>) spec;
        this.context = time.context(checks, step.userStep());
        this.context.allowLateness(spec.allowedLateness());
        this.stateId = ReferenceStore.stateId(step.userStep(), spec.stateName());
    }

    @Override
    void open(@Nullable ReferenceStore store) {
        if (store != null) {
            store.states(step.userStep(), watermarkName())
                    .values()
                    .forEach(stored -> context.watermark((Long) stored));
            store.states(step.userStep(), lateName())
                    .values()
                    .forEach(stored -> context.lateBefore((Long) stored));
            Map<Object, Object> states = store.states(step.userStep(), spec.stateName());
            if (!states.isEmpty()) {
                checkSettings(store.settings(stateId));
            }
            states.forEach((key, state) -> askTime(key, build(key, inTodaysForm(key, state))));
        }
    }

    private Object inTodaysForm(Object key, Object state) {
        StatefulSpec.OtherForm form = spec.stored().otherForm();
        try {
            return form == null ? state : form.conversion().map(state);
        } catch (Exception e) {
            throw failed("the conversion of the state", key, e);
        }
    }

    private void checkSettings(Map<String, String> stored) {
        List<String> changed = StepChecks.changedSettings(stored, spec.stored().settings());
        if (!changed.isEmpty()) {
            throw new DataflowException(
                    step.userStep(),
                    "state '"
                            + spec.stateName()
                            + "' of step '"
                            + step.userStep()
                            + "': "
                            + String.join("; ", changed)
                            + ", on which what is stored depends; set it back",
                    null);
        }
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        Object of = Objects.requireNonNull(key);
        Cell cell = find(of);
        if (cell == null) {
            cell = build(of, null);
        }
        cell.reader = time.reader();
        gotItems.add(of);
        call(of, cell, "onItem", (logic, out) -> logic.onItem(item, out));
    }

    private @Nullable Cell find(Object key) {
        try {
            int hash = key.hashCode(); // an empty map does not ask for it
            return hash == 0 && cells.isEmpty() ? null : cells.get(key);
        } catch (Throwable e) {
            throw failed("hashCode, equals or compareTo", key, e);
        }
    }

    @Override
    void onActivationEnd() {
        for (Object key : gotItems) {
            ifLive(key, "onActivationEnd", StatefulLogic::onActivationEnd);
        }
        for (Object key : gotItems) {
            Cell cell = cells.get(key);
            if (cell != null) {
                askTime(key, cell);
            }
        }
        gotItems.clear();
        notifyDue();
    }

    private void notifyDue() {
        for (Object key : List.copyOf(cells.keySet())) {
            Cell cell = Objects.requireNonNull(cells.get(key));
            if (cell.notifyAtMillis <= time.nowMillis()
                    || cell.notifyAtWatermark <= context.watermarkMicros()) {
                callByItself(key, cell, "onNotify", StatefulLogic::onNotify);
                askTime(key, cell);
            }
        }
    }

    /** What a key emits by itself is of the partition of its last item. */
    private void callByItself(Object key, Cell cell, String what, Call call) {
        emitAsOf(cell.reader, () -> call(key, cell, what, call));
    }

    @Override
    void watermark(long micros) {
        if (micros != Micros.END_OF_TIME) {
            context.watermark(micros);
        }
        notifyDue();
        sendWatermark(micros);
    }

    @Override
    void onEndOfInput() {
        for (Object key : List.copyOf(cells.keySet())) {
            Cell cell = cells.get(key);
            if (cell != null) {
                callByItself(key, cell, "onEndOfInput", StatefulLogic::onEndOfInput);
            }
        }
    }

    @Override
    long wakeAtMillis() {
        return cells.values().stream()
                .mapToLong(cell -> cell.notifyAtMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    void snapshot(ReferenceStore.Snapshots snapshots) {
        for (Object key : changed) {
            Cell cell = cells.get(key);
            snapshots.state(stateId, key, cell == null ? null : snapshot(key, cell));
        }
        changed.clear();
        snapshots.settings(stateId, spec.stored().settings());
        if (spec.time() == StatefulSpec.Time.FOLLOWED) {
            snapshots.state(
                    ReferenceStore.stateId(step.userStep(), watermarkName()),
                    "watermark",
                    context.watermarkMicros());
            snapshots.state(
                    ReferenceStore.stateId(step.userStep(), lateName()),
                    "late before",
                    context.lateBeforeMicros());
        }
    }

    private String lateName() {
        return spec.stateName() + " late";
    }

    private String watermarkName() {
        return spec.stateName() + " watermark";
    }

    private Object snapshot(Object key, Cell cell) {
        context.call(key);
        try {
            return checks.result(cell.logic.snapshot(), "snapshot", key);
        } catch (RuntimeException e) {
            throw failed("snapshot", key, e);
        }
    }

    private Cell build(Object key, @Nullable Object state) {
        context.call(key);
        try {
            Cell cell =
                    new Cell(
                            checks.result(
                                    spec.builder().build(context, state), "the builder", key));
            cells.put(key, cell);
            return cell;
        } catch (Throwable e) {
            throw failed("the builder", key, e);
        }
    }

    private void ifLive(Object key, String what, Call call) {
        Cell cell = cells.get(key);
        if (cell != null) {
            call(key, cell, what, call);
        }
    }

    private void call(Object key, Cell cell, String what, Call call) {
        ReferenceOutputs out = new ReferenceOutputs(this, key);
        context.call(key);
        changed.add(key);
        try {
            Retain answer = checks.retain(call.on(cell.logic, out), what, key);
            if (answer == Retain.DISCARD) {
                cells.remove(key);
            }
        } catch (Throwable e) {
            throw failed(what, key, e);
        }
        out.pass();
    }

    private void askTime(Object key, Cell cell) {
        context.call(key);
        try {
            cell.notifyAtMillis = cell.logic.notifyAtMillis();
            cell.notifyAtWatermark = cell.logic.notifyAtWatermark();
        } catch (Throwable e) {
            throw failed("notifyAt", key, e);
        }
    }

    private RuntimeException failed(String what, Object key, Throwable failure) {
        return new Attempts(this, what).failed(key, failure);
    }

    private interface Call {
        Retain on(StatefulLogic<Object, Object, Object> logic, ReferenceOutputs out)
                throws Exception;
    }

    private static final class Cell {

        private final StatefulLogic<Object, Object, Object> logic;
        private long notifyAtMillis = Long.MAX_VALUE;
        private long notifyAtWatermark = Long.MAX_VALUE;
        private SourceReference.@Nullable Reader reader;

        Cell(StatefulLogic<Object, Object, Object> logic) {
            this.logic = logic;
        }
    }
}
