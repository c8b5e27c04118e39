package dev.waxwing.source;

/**
 * A capability of a source or sink partition: its calls may block, so it runs on a thread of its
 * own behind a bounded queue. Order, marks and errors stay the same; {@code snapshot} is called on
 * that thread, too, and describes what has been handed over. {@code close} interrupts a blocked
 * call.
 */
public interface BlockingPartition {}
