/**
 * What each operator means, as tests that every runner must pass. The author of a runner extends
 * {@link dev.waxwing.testing.operators.RunnerConformance} and implements {@link
 * dev.waxwing.testing.operators.SpecRunner}; the author of an operator extends {@link
 * dev.waxwing.testing.operators.OperatorSpec}.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.testing.operators;

import org.jspecify.annotations.NullMarked;
