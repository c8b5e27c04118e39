package dev.waxwing.engine.state;

import dev.waxwing.engine.site.Call;
import dev.waxwing.kernel.Outputs;

/** A call of a logic, and what that emits into. */
public abstract class LogicCall extends Call implements Outputs<Object> {

    /** A call of the same step that begins now, on this thread. */
    public abstract LogicCall begin();
}
