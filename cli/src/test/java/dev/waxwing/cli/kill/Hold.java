package dev.waxwing.cli.kill;

import dev.waxwing.cli.ChildJvm;
import java.util.List;

/** Holds a process when it comes to a phase: one of its threads, or what that waits for. */
interface Hold extends AutoCloseable {

    /** What the process is to be started with. */
    List<String> jvmOptions();

    /**
     * Waits until the process has come to the phase.
     *
     * @return false if it has ended before
     */
    boolean isReachedBy(ChildJvm process) throws Exception;

    /** Lets the process go on, which must not be suspended; does nothing if it has ended. */
    void letGo();

    @Override
    void close() throws Exception;
}
