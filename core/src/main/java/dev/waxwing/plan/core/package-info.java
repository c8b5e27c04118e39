/**
 * Steps of a plan as runners and drawings read them. A {@link dev.waxwing.plan.core.CoreStep} is
 * run, by its {@link dev.waxwing.plan.core.CoreOperator}, one of the few that every runner has to
 * run; a {@link dev.waxwing.plan.core.Step} is drawn. Not for users.
 *
 * <p>This package knows no runner.
 */
@NullMarked
package dev.waxwing.plan.core;

import org.jspecify.annotations.NullMarked;
