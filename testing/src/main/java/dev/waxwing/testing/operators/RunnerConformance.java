package dev.waxwing.testing.operators;

import org.junit.jupiter.api.Nested;

/**
 * Everything that a runner must do. The author of a runner extends it by a test class that
 * implements {@link #runner}; there is nothing else to write.
 */
public abstract class RunnerConformance {

    /** For subclasses in the module of a runner. */
    protected RunnerConformance() {}

    /** The runner that is to conform. */
    protected abstract SpecRunner runner();

    @Nested
    final class Maps extends MapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Filters extends FilterSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }
}
