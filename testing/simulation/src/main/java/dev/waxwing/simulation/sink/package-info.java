/**
 * The conformance kit for sinks: a target, a sink that writes to it, and every crash that there can
 * be. Read {@link dev.waxwing.simulation.sink.SinkConformance} first, then {@link
 * dev.waxwing.simulation.sink.SinkSubject}, which the author of a sink implements.
 *
 * <p>The kit runs the embedded runner's own workers and delivery; what it knows of a sink is what
 * passes between the two.
 */
@NullMarked
package dev.waxwing.simulation.sink;

import org.jspecify.annotations.NullMarked;
