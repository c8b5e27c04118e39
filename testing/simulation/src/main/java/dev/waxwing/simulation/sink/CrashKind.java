package dev.waxwing.simulation.sink;

/** How an execution ends before its time. */
public enum CrashKind {

    /** Its process is killed: memory is gone, what the operating system was given is not. */
    PROCESS_KILLED,

    /** The machine loses its power: of what was not forced to the disk, anything may be gone. */
    POWER_LOST
}
