package dev.waxwing.cli;

/** The signals that ask a process to end. */
enum StopSignal {
    INT(2, "press Ctrl-C again"),
    TERM(15, "send SIGTERM again");

    private final int number;
    private final String again;

    StopSignal(int number, String again) {
        this.number = number;
        this.again = again;
    }

    /** Of a process that it has ended. */
    int exitCode() {
        return ExitCodes.SIGNALLED + number;
    }

    /** What people do to send it once more. */
    String again() {
        return again;
    }
}
