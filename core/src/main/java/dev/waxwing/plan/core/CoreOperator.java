package dev.waxwing.plan.core;

import dev.waxwing.function.AsyncMapper;
import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.Port;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.step.WatermarkOptions;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that every runner must run. All others are compositions of these.
 *
 * <p>The set is closed: adding one is a change to every runner, and the compiler says where.
 */
public sealed interface CoreOperator extends HoldsCode {

    <R> R accept(Visitor<R> visitor);

    /** The side outputs beside the main one, in order of their index; without dead letters. */
    default List<Port<?>> sidePorts() {
        return List.of();
    }

    /** The way by which items come to the workers. */
    Routing routing();

    /**
     * The objects whose code the step runs: functions, a kernel, a source, a sink; may be empty.
     */
    @Override
    List<Serializable> code();

    /** Whether a policy may say what becomes of an item for which its code throws. */
    boolean takesPolicy();

    /** Whether each item that comes in goes out once by the main output, unless its code throws. */
    boolean emitsOneForEach();

    /** Whether a dataflow may end in it: it writes to a sink, or is run for its side effect. */
    boolean endsDataflow();

    /** Reads a source. Outputs: items; what the source rejects, if the step has dead letters. */
    record Input(Source<?> source) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.input(this);
        }

        @Override
        public Routing routing() {
            return Routing.SOURCE;
        }

        @Override
        public List<Serializable> code() {
            return List.of(source);
        }

        @Override
        public boolean takesPolicy() {
            return true;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
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

        @Override
        public Routing routing() {
            return Routing.BY_PARTITION;
        }

        @Override
        public List<Serializable> code() {
            return List.of(sink);
        }

        @Override
        public boolean takesPolicy() {
            return true;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return true;
        }
    }

    /** Does the work of a kernel on each item. */
    record Transform(Kernel<?, ?> kernel, List<Port<?>> sidePorts) implements CoreOperator {
        public Transform {
            sidePorts = List.copyOf(sidePorts);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.transform(this);
        }

        @Override
        public Routing routing() {
            return Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of(kernel);
        }

        @Override
        public boolean takesPolicy() {
            return true;
        }

        @Override
        public boolean emitsOneForEach() {
            return kernel instanceof OneForEach;
        }

        @Override
        public boolean endsDataflow() {
            return kernel instanceof SideEffect;
        }
    }

    /** Does the work of a kernel on each value of a keyed stream. */
    record KeyedTransform(KeyedKernel<?, ?, ?> kernel, List<Port<?>> sidePorts)
            implements CoreOperator {
        public KeyedTransform {
            sidePorts = List.copyOf(sidePorts);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keyedTransform(this);
        }

        @Override
        public Routing routing() {
            return Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of(kernel);
        }

        @Override
        public boolean takesPolicy() {
            return true;
        }

        @Override
        public boolean emitsOneForEach() {
            return kernel instanceof OneForEach;
        }

        @Override
        public boolean endsDataflow() {
            return kernel instanceof SideEffect;
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

        @Override
        public Routing routing() {
            return Routing.BY_KEY;
        }

        @Override
        public List<Serializable> code() {
            return List.of(spec.builder());
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /**
     * Calls something that completes elsewhere for each item or value; keys stay. If it is {@link
     * RateLimited}, the items themselves come out when their time has come.
     */
    record Async(AsyncMapper<?, ?> mapper, AsyncOptions options) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.async(this);
        }

        @Override
        public Routing routing() {
            return mapper instanceof RateLimited ? Routing.BY_KEY : Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of(mapper);
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /** Gives each item a key. */
    record KeyOn(Mapper<?, ?> key) implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.keyOn(this);
        }

        @Override
        public Routing routing() {
            return Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of(key);
        }

        @Override
        public boolean takesPolicy() {
            return true;
        }

        @Override
        public boolean emitsOneForEach() {
            return true;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /** Drops the keys. */
    record DropKey() implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.dropKey(this);
        }

        @Override
        public Routing routing() {
            return Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of();
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return true;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /** Interleaves its upstreams. Order is kept within an upstream, not across them. */
    record Merge() implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.merge(this);
        }

        @Override
        public Routing routing() {
            return Routing.MERGED;
        }

        @Override
        public List<Serializable> code() {
            return List.of();
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /** Spreads items evenly over the workers. */
    record Redistribute() implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.redistribute(this);
        }

        @Override
        public Routing routing() {
            return Routing.SPREAD;
        }

        @Override
        public List<Serializable> code() {
            return List.of();
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
        }
    }

    /** Marks the stream with event time; items pass unchanged. */
    record Watermark(Mapper<?, Instant> timestamp, WatermarkOptions eventTime)
            implements CoreOperator {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.watermark(this);
        }

        @Override
        public Routing routing() {
            return Routing.STRAIGHT;
        }

        @Override
        public List<Serializable> code() {
            return List.of(timestamp);
        }

        @Override
        public boolean takesPolicy() {
            return false;
        }

        @Override
        public boolean emitsOneForEach() {
            return false;
        }

        @Override
        public boolean endsDataflow() {
            return false;
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
