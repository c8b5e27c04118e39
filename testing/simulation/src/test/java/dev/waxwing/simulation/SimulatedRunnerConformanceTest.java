package dev.waxwing.simulation;

import dev.waxwing.testing.operators.RunnerConformance;
import dev.waxwing.testing.operators.SpecRunner;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every operator spec on the simulation: virtual time, strange schedules, one to three workers. */
final class SimulatedRunnerConformanceTest extends RunnerConformance {

    private static final long SEED = 2026;

    /* Held, as a logger that nobody holds forgets its level. Specs remove steps on purpose. */
    private static final Logger ENGINE = Logger.getLogger("dev.waxwing.engine");

    @BeforeAll
    static void expectWarnings() {
        ENGINE.setLevel(Level.SEVERE);
    }

    @AfterAll
    static void listenAgain() {
        ENGINE.setLevel(null);
    }

    @Override
    protected SpecRunner runner() {
        return new SimulatedRunner(SEED);
    }
}
