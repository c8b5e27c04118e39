package dev.waxwing.cli;

/** What the exit code of the process tells; documented in the reference of the command line. */
final class ExitCodes {

    /** The command did what it was asked, or was stopped by a first signal. */
    static final int OK = 0;

    /** The dataflow failed, a check found problems, or a reset was not wanted or not complete. */
    static final int FAILED = 1;

    /** The arguments are wrong. */
    static final int USAGE = 2;

    /** The dataflow cannot be loaded or built. */
    static final int NOT_LOADED = 3;

    /** The recovery store cannot be used. */
    static final int STORE_REFUSED = 4;

    /** Another execution has taken over the recovery store, or owns a target. */
    static final int FENCED = 5;

    /** As shells have it for a process that a signal has ended. */
    static final int SIGNALLED = 128;

    private ExitCodes() {}
}
