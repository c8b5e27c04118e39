package dev.waxwing.state;

import dev.waxwing.kernel.StepContext;

/**
 * What a logic can know of where it runs. Shared by the logics of a step on a worker: {@link #key}
 * is that of the logic being built or called, and is valid during the call only.
 *
 * @param <K> key
 */
public interface LogicContext<K> extends StepContext {

    /** The key of the logic that is being built or called. */
    K key();

    /**
     * The watermark of the stream: no earlier timestamp will come, or else it is late. In
     * microseconds since 1970; {@link Long#MIN_VALUE} before the first, and always if the step does
     * not {@linkplain StatefulSpec#followingWatermark follow} it. Never goes back, over a restart
     * neither.
     */
    long watermarkMicros();

    /**
     * Before which time of the stream values are late: the latest that the watermark less the
     * {@linkplain StatefulSpec#allowedLateness allowed lateness} of the step has been, in any
     * execution. In microseconds since 1970; {@link Long#MIN_VALUE} as long as the watermark is.
     */
    long lateBeforeMicros();

    /**
     * How long the dataflow has been running, over all its executions, in milliseconds: what state
     * that expires goes by. The time for which it was stopped does not count, nor does what the
     * wall clock is set to. Never goes back, but for what passed since the last decided epoch if an
     * execution has crashed. Without recovery it begins with the execution.
     */
    long runningMillis();
}
