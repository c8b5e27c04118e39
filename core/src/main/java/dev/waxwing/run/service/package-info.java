/**
 * Runners as services that are chosen by name. Read {@link dev.waxwing.run.service.Runner} first;
 * its settings are text. For the command line and for runners, not for users, who call the runner
 * that they know.
 *
 * <p>This package knows no particular runner.
 */
@NullMarked
package dev.waxwing.run.service;

import org.jspecify.annotations.NullMarked;
