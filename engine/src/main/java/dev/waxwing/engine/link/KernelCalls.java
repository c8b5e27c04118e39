package dev.waxwing.engine.link;

/**
 * Gives each call of a kernel what that emits into. Users' kernels may keep it, so theirs is good
 * until the call has returned, on its thread and for its own code only ({@link ConfinedCall}).
 */
public interface KernelCalls {

    /** A call begins, on this thread. */
    AllOutputs begin();

    /** The call that was given this has returned. */
    void end(AllOutputs given);

    /** Of a kernel of the library, which keeps nothing: emits straight into the outputs. */
    record Trusted(AllOutputs to) implements KernelCalls {

        @Override
        public AllOutputs begin() {
            return to;
        }

        @Override
        public void end(AllOutputs given) {}
    }
}
