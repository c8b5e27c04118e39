package dev.waxwing.simulation.sink;

import org.jspecify.annotations.Nullable;

/** A sink has broken a promise; the message says which, how, and how to see it again. */
public final class SinkFailedError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final Oracle oracle;
    private final String scenario;

    SinkFailedError(
            String sink,
            Oracle oracle,
            String what,
            String scenario,
            String course,
            @Nullable Throwable cause) {
        super(
                "sink '"
                        + sink
                        + "' breaks "
                        + oracle
                        + ": "
                        + what
                        + "\nreplay it: SinkConformance.of(...).replay(\""
                        + scenario
                        + "\")"
                        + course,
                cause);
        this.oracle = oracle;
        this.scenario = scenario;
    }

    /** Which promise. */
    public Oracle oracle() {
        return oracle;
    }

    /** What {@link SinkConformance#replay} takes. */
    public String scenario() {
        return scenario;
    }
}
