package dev.waxwing.cli;

import dev.waxwing.Dataflow;

/** Cannot be initialized. */
public final class BrokenFlows {

    private static final int NUMBER = Integer.parseInt("none");

    private BrokenFlows() {}

    /** Is never reached. */
    public static Dataflow flow() {
        return Dataflow.named("broken" + NUMBER);
    }
}
