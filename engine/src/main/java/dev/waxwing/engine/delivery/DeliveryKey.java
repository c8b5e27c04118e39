package dev.waxwing.engine.delivery;

/**
 * Under which key the store keeps what is to be committed.
 *
 * @param partition of the sink
 * @param epoch in which it was written
 * @param place among what the partition has prepared in the epoch, from 0
 */
public record DeliveryKey(String partition, long epoch, int place) {}
