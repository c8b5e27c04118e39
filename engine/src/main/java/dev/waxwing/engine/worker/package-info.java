/**
 * A worker: a state machine that runs the stages of one copy of the dataflow. Read {@link
 * dev.waxwing.engine.worker.Worker} first. Has no thread, clock or disk of its own.
 */
@NullMarked
package dev.waxwing.engine.worker;

import org.jspecify.annotations.NullMarked;
