package dev.waxwing.operators;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;

/**
 * An expiring logic with something to do at the end of input; a class of its own, as keys whose
 * logics have nothing to do then are not touched.
 */
final class ExpiringToTheEnd<V, W, S> implements StatefulLogic<V, W, ExpiringState<S>> {

    private final ExpiringLogic<?, V, W, S> logic;

    ExpiringToTheEnd(ExpiringLogic<?, V, W, S> logic) {
        this.logic = logic;
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) throws Exception {
        return logic.onItem(value, out);
    }

    @Override
    public Retain onNotify(Outputs<? super W> out) {
        return logic.onNotify(out);
    }

    @Override
    public Retain onEndOfInput(Outputs<? super W> out) throws Exception {
        return logic.endOfInput(out);
    }

    @Override
    public long notifyAtMillis() {
        return logic.notifyAtMillis();
    }

    @Override
    public ExpiringState<S> snapshot() {
        return logic.snapshot();
    }
}
