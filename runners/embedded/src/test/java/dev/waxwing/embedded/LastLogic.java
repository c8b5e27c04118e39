package dev.waxwing.embedded;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Passes values on, keeps the last and tells when the input has ended. */
final class LastLogic implements StatefulLogic<Integer, Integer, Integer> {

    private final Queue<String> ends;
    private int last;

    LastLogic(@Nullable Integer last, Queue<String> ends) {
        this.last = Objects.requireNonNullElse(last, -1);
        this.ends = ends;
    }

    @Override
    public Retain onItem(Integer value, Outputs<? super Integer> out) {
        if (value != last + 1) {
            throw new AssertionError(value + " comes after " + last);
        }
        last = value;
        out.emit(value);
        return Retain.KEEP;
    }

    @Override
    public Retain onEndOfInput(Outputs<? super Integer> out) {
        ends.add("end after " + last);
        return Retain.KEEP;
    }

    @Override
    public Integer snapshot() {
        return last;
    }
}
