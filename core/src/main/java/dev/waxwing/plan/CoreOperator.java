package dev.waxwing.plan;

import dev.waxwing.AsyncOptions;
import dev.waxwing.BatchOptions;
import dev.waxwing.EventTime;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.OneForEach;
import dev.waxwing.kernel.Port;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that every runner must run. All others are compositions of these.
 *
 * <p>The set is closed: adding one is a change to every runner, and the compiler says where.
 */
public sealed interface CoreOperator extends Serializable {

    <R> R accept(Visitor<R> visitor);

    /** The side outputs beside the main one, in order of their index; without dead letters. */
    default List<Port<?>> sidePorts() {
        return List.of();
    }

    /** Whether each item that comes in goes out once by the main output, unless its code throws. */
    default boolean emitsOneForEach() {
        return false;
    }

    /** Reads a source. Outputs: items; what the source rejects, if the step has dead letters. */
    record Input(Source<?> source) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.input(this);
        }
    }

    /**
     * Writes to a sink. Outputs: what could not be written, if the step has dead letters.
     *
     * @param batches how many items the sink is given at once; null for what an activation brings
     */
    record Output(Sink<?> sink, @Nullable BatchOptions batches) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.output(this);
        }
    }

    /** Does the work of a kernel on each item. */
    record Transform(Kernel<?, ?> kernel, List<Port<?>> sidePorts) implements CoreOperator {
        public Transform {
            sidePorts = List.copyOf(sidePorts);
        }

        @Override
        public boolean emitsOneForEach() {
            return kernel instanceof OneForEach;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transform(this);
        }
    }

    /** Does the work of a kernel on each value of a keyed stream. */
    record KeyedTransform(KeyedKernel<?, ?, ?> kernel, List<Port<?>> sidePorts)
            implements CoreOperator {
        public KeyedTransform {
            sidePorts = List.copyOf(sidePorts);
        }

        @Override
        public boolean emitsOneForEach() {
            return kernel instanceof OneForEach;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keyedTransform(this);
        }
    }

    /** Keeps a logic for each key; items of a key meet on one worker. */
    record Stateful(StatefulSpec<?, ?, ?, ?> spec) implements CoreOperator {
        @Override
        public List<Port<?>> sidePorts() {
            return spec.sidePorts();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stateful(this);
        }
    }

    /** Calls something that completes elsewhere for each item or value; keys stay. */
    record Async(AsyncMapper<?, ?> mapper, AsyncOptions options) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.async(this);
        }
    }

    /** Gives each item a key. */
    record KeyOn(Mapper<?, ?> key) implements CoreOperator {
        @Override
        public boolean emitsOneForEach() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keyOn(this);
        }
    }

    /** Drops the keys. */
    record DropKey() implements CoreOperator {
        @Override
        public boolean emitsOneForEach() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropKey(this);
        }
    }

    /** Interleaves its upstreams. Order is kept within an upstream, not across them. */
    record Merge() implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.merge(this);
        }
    }

    /** Spreads items evenly over the workers. */
    record Redistribute() implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.redistribute(this);
        }
    }

    /** Marks the stream with event time; items pass unchanged. */
    record Watermark(Mapper<?, Instant> timestamp, EventTime eventTime) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.watermark(this);
        }
    }

    /** One method per core operator; a runner is an implementation of this. */
    interface Visitor<R> {

        R input(Input operator);

        R output(Output operator);

        R transform(Transform operator);

        R keyedTransform(KeyedTransform operator);

        R stateful(Stateful operator);

        R async(Async operator);

        R keyOn(KeyOn operator);

        R dropKey(DropKey operator);

        R merge(Merge operator);

        R redistribute(Redistribute operator);

        R watermark(Watermark operator);
    }
}
