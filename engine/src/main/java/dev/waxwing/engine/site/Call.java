package dev.waxwing.engine.site;

/**
 * One call of users' code and what it may emit into: good until the call has returned, on the
 * call's thread, and for the call's own code only.
 *
 * <p>Users' code may keep an emitter and use it later or elsewhere, where it would meet links in
 * the middle of something else. So each call is given an emitter of its own.
 */
public abstract class Call {

    /*
     * An object a call: where the call is inlined the compiler takes it apart, and nothing is left of it. Code of the
     * library keeps no emitters and is called without.
     *
     * While an item is on its way the call is closed: steps behind may have been handed the emitter, too, and are no part of
     * the call. Only its own thread can find it open, so that nothing has to be published.
     */
    private final Thread thread = Thread.currentThread();
    private boolean open = true;

    /** The call has returned. */
    public final void end() {
        open = false;
    }

    /** Something is emitted: closes the call until {@link #leave}, or refuses it. */
    public final void enter(StepSite site) {
        if (!open || thread != Thread.currentThread()) {
            throw site.emittedOutOfTurn();
        }
        open = false;
    }

    /** What was emitted has been taken, or has failed. */
    public final void leave() {
        open = true;
    }
}
