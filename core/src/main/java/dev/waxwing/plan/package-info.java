/**
 * What a runner reads. A {@link dev.waxwing.plan.Plan} is a frozen dataflow: the tree of steps as
 * the user wrote it, and the {@linkplain dev.waxwing.plan.CoreStep core steps} that are run, each
 * with one of the few {@linkplain dev.waxwing.plan.CoreOperator core operators}.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.plan;

import org.jspecify.annotations.NullMarked;
