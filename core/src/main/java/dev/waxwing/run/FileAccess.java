package dev.waxwing.run;

/**
 * Who may read the files that an execution makes for itself: its recovery store, and what sinks
 * keep hidden beside their output.
 *
 * <p>Of files and directories that are there already, nothing is changed. Where a file system has
 * no POSIX permissions, such as on Windows, a file has those that its directory hands down,
 * whatever is chosen here.
 */
public enum FileAccess {

    /** The user of the process alone: files {@code rw-------}, directories {@code rwx------}. */
    OWNER,

    /** Whoever may read the other files that the process makes: as its umask says. */
    UMASK
}
