package dev.waxwing.simulation;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import java.util.ArrayList;
import java.util.List;

/** Emits sums of two; its state is a mutable object of its own, handed out as it is. */
final class PairLogic implements StatefulLogic<Item, Item, PairLogic.Waiting> {

    private final Waiting waiting;

    private PairLogic(Waiting resumeState) {
        waiting = resumeState == null ? new Waiting() : resumeState;
    }

    /** A plain class, as a user would write it. */
    static final class Waiting {
        private List<Item> items = new ArrayList<>();
    }

    static StatefulLogic.Builder<String, Item, Item, Waiting> builder() {
        return (context, state) -> new PairLogic(state);
    }

    @Override
    public Retain onItem(Item item, Outputs<? super Item> out) {
        waiting.items.add(item);
        if (waiting.items.size() < 2) {
            return Retain.KEEP;
        }
        out.emit(waiting.items.get(0).plus(item.value()));
        waiting.items.clear();
        return item.value() % 2 == 0 ? Retain.DISCARD : Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super Item> out) {
        waiting.items.forEach(out::emit);
        return Retain.DISCARD;
    }

    @Override
    public Waiting snapshot() {
        return waiting;
    }
}
