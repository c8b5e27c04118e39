package dev.waxwing.testing.operators;

import java.util.Set;

/** A runner as specs see it. */
public interface SpecRunner {

    /**
     * The modes that every spec is run in; {@link SpecMode#hostile} for as many workers as the
     * runner can have. Specs derive further modes from these, such as one without recovery.
     */
    Set<SpecMode> modes();

    /** Makes ready for executions in a mode, with a new and empty recovery store. */
    SpecSession open(SpecMode mode) throws Exception;
}
