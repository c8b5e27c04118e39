package dev.waxwing.plan.core;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream comes from.
 *
 * @param step index of a core step
 * @param port index of its output, 0 for the main one
 */
public record Origin(int step, int port) implements Serializable {

    /*
     * By hand, since a plan is built with maps of origins: what a record has by itself is linked at its
     * first use, and a small dataflow's start waits for it (benchmark W7).
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin that && step == that.step && port == that.port;
    }

    @Override
    public int hashCode() {
        return 31 * step + port;
    }
}
