/**
 * Checks that every runner makes of what users' code returns and throws, with the same words on
 * each. Read {@link dev.waxwing.run.check.StepChecks} first. Not for users.
 *
 * <p>This package knows no particular runner.
 */
@NullMarked
package dev.waxwing.run.check;

import org.jspecify.annotations.NullMarked;
