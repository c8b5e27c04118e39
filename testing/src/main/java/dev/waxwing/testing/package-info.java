/**
 * For tests of dataflows, connectors and runners. A user starts with {@link
 * dev.waxwing.testing.TestRun}, {@link dev.waxwing.testing.TestSource} and {@link
 * dev.waxwing.testing.TestSink}; the author of a connector extends {@link
 * dev.waxwing.testing.SourceConformance}; the author of a runner extends {@link
 * dev.waxwing.testing.operators.RunnerConformance}. {@link dev.waxwing.testing.ReferenceRunner} is
 * what a dataflow means.
 *
 * <p>This package knows no runner but the reference.
 */
@NullMarked
package dev.waxwing.testing;

import org.jspecify.annotations.NullMarked;
