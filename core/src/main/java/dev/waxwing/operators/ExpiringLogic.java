package dev.waxwing.operators;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import org.jspecify.annotations.Nullable;

/** Discards an inner logic when its key has been silent for too long. */
final class ExpiringLogic<K, V, W, S> implements StatefulLogic<V, W, ExpiringState<S>> {

    private final StatefulLogic<V, W, S> inner;
    private final LogicContext<K> context;
    private final long timeToLiveMillis;
    private long lastMillis;

    ExpiringLogic(
            StatefulLogic.Builder<K, V, W, S> builder,
            LogicContext<K> context,
            long timeToLiveMillis,
            @Nullable ExpiringState<S> resumeState)
            throws Exception {
        this.inner = builder.build(context, resumeState == null ? null : resumeState.state());
        this.context = context;
        this.timeToLiveMillis = timeToLiveMillis;
        /* A crash may have taken the running time back a little: then the key has not been silent yet. */
        this.lastMillis =
                resumeState == null
                        ? context.runningMillis()
                        : Math.min(resumeState.lastMillis(), context.runningMillis());
    }

    @Override
    public Retain onItem(V value, Outputs<? super W> out) throws Exception {
        lastMillis = context.runningMillis();
        return inner.onItem(value, out);
    }

    /* Asked again if the time has come by the date only, because that was set forth. */
    @Override
    public Retain onNotify(Outputs<? super W> out) {
        return leftMillis() > 0 ? Retain.KEEP : Retain.DISCARD;
    }

    /** For logics that have something to do then; see {@link ExpiringToTheEnd}. */
    Retain endOfInput(Outputs<? super W> out) throws Exception {
        return inner.onEndOfInput(out);
    }

    @Override
    public long notifyAtMillis() {
        return RunningTime.dateIn(leftMillis(), context);
    }

    private long leftMillis() {
        return timeToLiveMillis - (context.runningMillis() - lastMillis);
    }

    @Override
    public ExpiringState<S> snapshot() {
        return new ExpiringState<>(inner.snapshot(), lastMillis);
    }
}
