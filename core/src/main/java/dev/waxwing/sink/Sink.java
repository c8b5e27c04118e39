package dev.waxwing.sink;

import dev.waxwing.connector.Promise;
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
    Contract contract();

    /** How a sink keeps what the dataflow has decided and what the target shows together. */
    enum Contract {

        /** Written as it comes; after a crash some of it again. */
        AT_LEAST_ONCE(Promise.AT_LEAST_ONCE, "at least once"),

        /** Written as it comes; after a crash what lies behind the last position is undone. */
        BY_POSITION(Promise.EXACTLY_ONCE, "by position"),

        /** Sent after the epoch is decided, under ids by which the target knows what it has. */
        IDEMPOTENT(Promise.EFFECTIVELY_ONCE, "idempotent"),

        /** Sent after the epoch is decided, in one transaction with a marker of the epoch. */
        TRANSACTIONAL(Promise.EXACTLY_ONCE, "transactional"),

        /** Staged before the epoch is decided, made visible after. */
        TWO_PHASE(Promise.EXACTLY_ONCE, "two-phase");

        private final Promise promise;
        private final String words;

        Contract(Promise promise, String words) {
            this.promise = promise;
            this.words = words;
        }

        /** What it promises if all before it keep their word. */
        public Promise promise() {
            return promise;
        }

        /** How people call it, such as {@code by position}. */
        public String inWords() {
            return words;
        }
    }
}
