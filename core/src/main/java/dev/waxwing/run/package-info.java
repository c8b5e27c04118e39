/**
 * What a runner gives to whoever starts a plan: {@link dev.waxwing.run.Execution} is one run of it,
 * from start to stop, with its status and counters.
 *
 * <p>This package knows no particular runner.
 */
@NullMarked
package dev.waxwing.run;

import org.jspecify.annotations.NullMarked;
