package dev.waxwing.simulation.sink;

/** What the kit checks, and so what a sink can break. */
public enum Oracle {

    /** At the end every item is in the target, and none twice (at least once: none is missing). */
    EXACTLY_ONCE,

    /** The items of a partition are in the order in which they were written. */
    ORDER,

    /** Whoever reads committed data sees each epoch of a partition as a whole, or nothing of it. */
    WHOLE_EPOCHS,

    /** Nothing is visible of an epoch that is not decided. */
    DECIDED_FIRST,

    /** What the sink says is committed is visible from then on. */
    COMMITTED_STAYS,

    /** Sources are told that items are done only when these are visible. */
    ACKNOWLEDGED_LAST,

    /** At the end nothing is left behind, in the target and in the store. */
    NO_GARBAGE,

    /** What was read, handed over and committed adds up. */
    LEDGER,

    /** An execution comes to the end of input, whatever happened to those before it. */
    RECOVERY_ENDS,

    /** An execution that another has taken over from can commit no more. */
    FENCED,

    /** A target that is not as it must be stops the execution, for a person to choose. */
    HALTS,

    /**
     * A start that is refused leaves the target as it was, and a target that was made to forget
     * remembers nothing: no later start is refused by what is left.
     */
    LEAVES_NOTHING
}
