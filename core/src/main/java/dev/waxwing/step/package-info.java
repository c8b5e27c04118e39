/**
 * Options of steps, and their failures. Read {@link dev.waxwing.step.FailurePolicy} first: what
 * becomes of an item for which a step's code throws. What ends an execution is a {@link
 * dev.waxwing.step.DataflowException}.
 *
 * <p>This package knows no stream and no runner.
 */
@NullMarked
package dev.waxwing.step;

import org.jspecify.annotations.NullMarked;
