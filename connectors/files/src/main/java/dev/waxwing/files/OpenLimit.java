package dev.waxwing.files;

import java.io.Serializable;

/**
 * How many files of a source a thread has open at a time. So many files are read side by side; the
 * others wait until one of them has ended.
 */
final class OpenLimit implements Serializable {

    /*
     * By thread, and not by source: a file of one worker never waits for another worker, which may itself wait for room.
     */

    static final int FILES_MAX = 64;

    private static final long serialVersionUID = 1L;

    private final transient ThreadLocal<Turns> turns = ThreadLocal.withInitial(Turns::new);

    /** Those of the calling thread. */
    Turns ofThisThread() {
        return turns.get();
    }

    private Object readResolve() {
        return new OpenLimit();
    }

    /** Confined to its thread. */
    static final class Turns {

        private int taken;

        /** Returns whether a file may be opened; who has opened it gives the turn back. */
        boolean tryTake() {
            if (taken == FILES_MAX) {
                return false;
            }
            taken++;
            return true;
        }

        void giveBack() {
            taken--;
        }
    }
}
