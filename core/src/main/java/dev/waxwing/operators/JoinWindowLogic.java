package dev.waxwing.operators;

import dev.waxwing.internal.RowMaker;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.JoinOptions.Emit;
import dev.waxwing.join.Sided;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.windowing.WindowLogic;
import org.jspecify.annotations.Nullable;

/** Joins the values of one window of a key. */
final class JoinWindowLogic<R> implements WindowLogic<Sided, R, JoinSides.State> {

    private final JoinOptions options;
    private final RowMaker<R> rows;
    private final JoinSides sides;

    JoinWindowLogic(
            int count,
            JoinOptions options,
            RowMaker<R> rows,
            JoinSides.@Nullable State resumeState) {
        this.options = options;
        this.rows = rows;
        this.sides = new JoinSides(count, options.insert(), resumeState);
    }

    @Override
    public void onValue(Sided item, Emitter<? super R> out) {
        sides.insert(item);
        changed(out);
    }

    @Override
    public void onMerge(JoinSides.State original, Emitter<? super R> out) {
        sides.appendLater(original);
        changed(out);
    }

    /** Rows of complete sides are each a result of its own. */
    @Override
    public boolean replacesResults() {
        return options.emit() == Emit.RUNNING;
    }

    @Override
    public void onClose(Emitter<? super R> out) {
        onResult(out);
    }

    @Override
    public void onResult(Emitter<? super R> out) {
        if (options.emit() == Emit.FINAL && !sides.isEmpty()) {
            sides.emitRows(rows, out);
        }
    }

    @Override
    public JoinSides.State snapshot() {
        return sides.snapshot();
    }

    private void changed(Emitter<? super R> out) {
        if (options.emit() == Emit.RUNNING) {
            sides.emitRows(rows, out);
        } else if (options.emit() == Emit.COMPLETE && sides.isComplete()) {
            sides.emitRows(rows, out);
            sides.clear();
        }
    }
}
