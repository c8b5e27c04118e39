package dev.waxwing.engine.sink;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.Polled;
import org.jspecify.annotations.Nullable;

/** The end of a chain: gathers items by partition and writes them when the activation ends. */
public interface SinkLink extends Link, Polled {

    /**
     * Opens a partition before anything flows: because it has state, or because it is this worker's
     * own.
     */
    void open(int part, @Nullable Object resumeState);

    /** The object that calls the code of the sink, for whoever finds such a call on a stack. */
    Object caller();

    /** Closes what is open. */
    void close(Closings closings);
}
