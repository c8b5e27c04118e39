package dev.waxwing.testing;

import dev.waxwing.testing.operators.RunnerConformance;
import dev.waxwing.testing.operators.SpecRunner;

final class ReferenceRunnerConformanceTest extends RunnerConformance {

    @Override
    protected SpecRunner runner() {
        return new ReferenceSpecRunner();
    }
}
