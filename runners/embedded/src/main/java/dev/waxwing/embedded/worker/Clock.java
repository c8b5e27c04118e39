package dev.waxwing.embedded.worker;

/** The runtime's time: the system's, or a simulation's. Thread-safe. */
public interface Clock {

    /** Milliseconds since 1970. */
    long millis();

    /** Whether time is simulated: then nothing has a thread of its own. */
    default boolean isVirtual() {
        return false;
    }

    /** The time of this machine. */
    static Clock system() {
        return System::currentTimeMillis;
    }
}
