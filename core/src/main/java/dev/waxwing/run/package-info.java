/**
 * The contract of a runner: {@link dev.waxwing.run.Execution} is one run of a plan, from start to
 * stop.
 *
 * <p>This package knows no particular runner.
 */
@NullMarked
package dev.waxwing.run;

import org.jspecify.annotations.NullMarked;
