/**
 * What a user writes with. A {@link dev.waxwing.Dataflow} is a graph of named steps; {@link
 * dev.waxwing.Stream} and {@link dev.waxwing.KeyedStream} are the handles that steps are added by.
 * Built once, it is a {@link dev.waxwing.plan.Plan}, which runners run.
 *
 * <p>Read {@link dev.waxwing.Dataflow} first. This package knows no runner.
 */
@NullMarked
package dev.waxwing;

import org.jspecify.annotations.NullMarked;
