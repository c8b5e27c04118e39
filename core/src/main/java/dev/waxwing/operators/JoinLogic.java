package dev.waxwing.operators;

import dev.waxwing.internal.RowMaker;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.JoinOptions.Emit;
import dev.waxwing.join.Sided;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import org.jspecify.annotations.Nullable;

/** Joins the values of one key. */
final class JoinLogic<R> implements StatefulLogic<Sided, R, JoinSides.State> {

    private final JoinOptions options;
    private final RowMaker<R> rows;
    private final JoinSides sides;

    JoinLogic(
            int count,
            JoinOptions options,
            RowMaker<R> rows,
            JoinSides.@Nullable State resumeState) {
        this.options = options;
        this.rows = rows;
        this.sides = new JoinSides(count, options.insert(), resumeState);
    }

    @Override
    public Retain onItem(Sided item, Outputs<? super R> out) {
        sides.insert(item);
        if (options.emit() == Emit.RUNNING) {
            sides.emitRows(rows, out);
        } else if (options.emit() == Emit.COMPLETE && sides.isComplete()) {
            sides.emitRows(rows, out);
            return Retain.DISCARD;
        }
        return Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super R> out) {
        if (options.emit() == Emit.FINAL) {
            sides.emitRows(rows, out);
            return Retain.DISCARD;
        }
        return Retain.KEEP;
    }

    @Override
    public JoinSides.State snapshot() {
        return sides.snapshot();
    }
}
