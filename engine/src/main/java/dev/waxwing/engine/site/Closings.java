package dev.waxwing.engine.site;

import dev.waxwing.step.StepFailedException;
import org.jspecify.annotations.Nullable;

/** Closes one thing after the other, whatever some of them throw. */
public final class Closings {

    private @Nullable StepFailedException first;

    /**
     * Closes something.
     *
     * @param what is called, in the words of messages: {@code close of partition '0'}
     */
    public void close(StepSite site, String what, AutoCloseable closeable) {
        StepSite before = site.worker().calls(site);
        try {
            closeable.close();
        } catch (Throwable thrown) {
            failed(site, what, thrown);
        }
        site.worker().calls(before);
    }

    /** Something that belongs to closing has failed. */
    public void failed(StepSite site, String what, Throwable thrown) {
        StepFailedException failed = site.closingFailed(what, thrown);
        if (first == null) {
            first = failed;
        } else {
            first.addSuppressed(failed);
        }
    }

    /** Throws the first failure, with the others in it, if there was any. */
    public void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
