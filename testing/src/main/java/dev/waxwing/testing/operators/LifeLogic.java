package dev.waxwing.testing.operators;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells by its state which call came last, and emits how the state changes. */
final class LifeLogic implements StatefulLogic<Integer, String, LifeLogic.State> {

    /** What discards the logic, and after how long an item asks for a notification. */
    record Plan(Set<Event> discards, @Nullable Duration notifyAfter)
            implements java.io.Serializable {

        static final Plan KEEP_ALL = new Plan(EnumSet.noneOf(Event.class), null);

        static Plan discardOn(Event event) {
            return new Plan(EnumSet.of(event), null);
        }

        Plan withNotifyAfter(Duration duration) {
            return new Plan(discards, duration);
        }
    }

    enum Event {
        NEW,
        ITEM,
        NOTIFY,
        END
    }

    record State(Event last, long notifyAtMillis) {}

    private final Plan plan;
    private final LogicContext<?> context;
    private Event last;
    private @Nullable Instant notifyAt;

    LifeLogic(Plan plan, LogicContext<?> context, @Nullable State resumeState) {
        this.plan = plan;
        this.context = context;
        this.last = resumeState == null ? Event.NEW : resumeState.last();
        this.notifyAt =
                resumeState == null || resumeState.notifyAtMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(resumeState.notifyAtMillis());
    }

    /** An item below zero cancels the notification. */
    @Override
    public Retain onItem(Integer item, Outputs<? super String> out) {
        notifyAt =
                plan.notifyAfter() == null || item < 0
                        ? null
                        : context.now().plus(plan.notifyAfter());
        return change(Event.ITEM, out);
    }

    @Override
    public Retain onNotify(Outputs<? super String> out) {
        notifyAt = null;
        return change(Event.NOTIFY, out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super String> out) {
        return change(Event.END, out);
    }

    @Override
    public @Nullable Instant notifyAt() {
        return notifyAt;
    }

    @Override
    public State snapshot() {
        return new State(last, notifyAt == null ? 0 : notifyAt.toEpochMilli());
    }

    private Retain change(Event event, Outputs<? super String> out) {
        out.emit(last + " " + event);
        last = event;
        return plan.discards().contains(event) ? Retain.DISCARD : Retain.KEEP;
    }
}
