package dev.waxwing.sink;

import java.io.Serializable;

/**
 * Where items go: one of a closed set of kinds, by compiler rule. A sink is a description:
 * serializable, immutable, opened by the runner.
 *
 * @param <X> item
 */
public sealed interface Sink<X> extends Serializable
        permits FixedPartitionedSink, DynamicSink, EpochSink {

    /** How what the dataflow decides and what the target shows are kept together. */
    SinkContract contract();
}
