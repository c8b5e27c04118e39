package dev.waxwing.engine.site;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to emit within a stage: the thread's that runs it, while it does.
 *
 * <p>Users' code may keep an emitter that it was given, and use it later or elsewhere, where it
 * would meet links in the middle of something else. So whatever hands a link to users' code has it
 * ask first, which is one comparison.
 */
public final class Turn {

    /* Written by the thread that runs the stage. Another may read whatever it likes: it is never itself. */
    private @Nullable Thread thread;

    /* Nobody's turn, as something is on its way. */
    private boolean paused;

    /** The stage runs on the calling thread from now on. */
    public void begin() {
        thread = Thread.currentThread();
        paused = false;
    }

    /** The stage runs no more. */
    public void end() {
        thread = null;
    }

    /** Something that was emitted is on its way, until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    /** Ends what {@link #pause} began, whether it was taken or failed. */
    public void resume() {
        paused = false;
    }

    /** Whether something is on its way. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether the calling thread runs the stage. */
    public boolean isHere() {
        return thread == Thread.currentThread();
    }
}
