package dev.waxwing.simulation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run in many simulated worlds, one a seed, up to the first that fails:
 *
 * <pre>{@code
 * @SimulationTest(seeds = 1_000)
 * void totalsSurviveAnything(Simulation world) {
 *     world.run(Totals.flow(world.source(visits), world.sink())).expectExactlyOnce(expectedTotals);
 * }
 * }</pre>
 *
 * <p>It counts as one test. All seeds run on the same test instance, so that everything that
 * changes belongs into the method. With {@code -Dwaxwing.seed=17} only that seed runs.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {

    /** How many seeds are run, 1 or more. */
    int seeds() default 1_000;
}
