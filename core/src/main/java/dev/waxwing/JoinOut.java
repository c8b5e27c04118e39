package dev.waxwing;

import dev.waxwing.join.Sided;

/**
 * The streams of an interval join.
 *
 * @param down rows, as soon as both values are there
 * @param late values that came too late to be joined
 * @param <K> key
 * @param <R> row
 */
public record JoinOut<K, R>(KeyedStream<K, R> down, KeyedStream<K, Sided> late) {}
