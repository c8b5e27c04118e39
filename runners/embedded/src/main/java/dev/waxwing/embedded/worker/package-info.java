/**
 * A worker: a state machine that runs the stages of one copy of the dataflow. Read {@link
 * dev.waxwing.embedded.worker.Worker} first. Has no thread, clock or disk of its own.
 */
@NullMarked
package dev.waxwing.embedded.worker;

import org.jspecify.annotations.NullMarked;
