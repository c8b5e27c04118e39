package dev.waxwing.simulation;

import dev.waxwing.function.AsyncMapper;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.source.Source;
import java.util.List;
import java.util.Map;

/** What a random dataflow gets from where it is run, so that the same is built for two runners. */
interface FlowParts {

    Source<Item> source(Map<String, List<Item>> partitions);

    /** A sink of several partitions needs a keyed stream. */
    FixedPartitionedSink<Object, Item, ?> sink(int partitions);

    /** Returns the item, some time. */
    AsyncMapper<Item, Item> later();
}
