package dev.waxwing.simulation;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import java.util.ArrayList;
import java.util.List;

/** Holds values back for a while: what comes out, and in which order, does not depend on time. */
final class DelayLogic implements StatefulLogic<Item, Item, DelayLogic.Held> {

    private final LogicContext<String> context;
    private final int millis;
    private final List<Item> held = new ArrayList<>();
    private long untilMillis = Long.MAX_VALUE;

    private DelayLogic(LogicContext<String> context, int millis, Held resumeState) {
        this.context = context;
        this.millis = millis;
        if (resumeState != null) {
            held.addAll(resumeState.items());
            untilMillis = resumeState.untilMillis();
        }
    }

    /** What is held back, and until when. */
    record Held(List<Item> items, long untilMillis) {}

    /** With a negative delay the time has always come. */
    static StatefulLogic.Builder<String, Item, Item, Held> builder(int millis) {
        return (context, state) -> new DelayLogic(context, millis, state);
    }

    @Override
    public Retain onItem(Item item, Outputs<? super Item> out) {
        if (held.isEmpty()) {
            untilMillis = context.nowMillis() + millis;
        }
        held.add(item);
        return Retain.KEEP;
    }

    @Override
    public Retain onNotify(Outputs<? super Item> out) {
        boolean all = context.nowMillis() % 2 == 0;
        return release(all ? held.size() : (held.size() + 1) / 2, out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super Item> out) {
        return release(held.size(), out);
    }

    @Override
    public long notifyAtMillis() {
        return held.isEmpty() ? Long.MAX_VALUE : untilMillis;
    }

    @Override
    public Held snapshot() {
        return new Held(List.copyOf(held), untilMillis);
    }

    private Retain release(int count, Outputs<? super Item> out) {
        List<Item> first = held.subList(0, count);
        first.forEach(out::emit);
        first.clear();
        untilMillis = context.nowMillis() + millis;
        return held.isEmpty() ? Retain.DISCARD : Retain.KEEP;
    }
}
