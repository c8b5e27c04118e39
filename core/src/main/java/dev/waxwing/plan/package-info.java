/**
 * Frozen dataflows. A {@link dev.waxwing.plan.Plan} is what a runner is given; its {@link
 * dev.waxwing.plan.Plan.Guarantees} are for tests to assert. What a plan is made of is in {@link
 * dev.waxwing.plan.core}, for runners.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.plan;

import org.jspecify.annotations.NullMarked;
