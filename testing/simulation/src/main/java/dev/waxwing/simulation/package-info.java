/**
 * The simulated world: dataflows run by the embedded runner's own workers on one thread, where a
 * seed decides who steps next, what time it is, and what crashes. Read {@link
 * dev.waxwing.simulation.Simulation} first.
 *
 * <p>Everything that happens follows from the seed, so that a failure happens again.
 */
@NullMarked
package dev.waxwing.simulation;

import org.jspecify.annotations.NullMarked;
