package dev.waxwing.testing;

import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.source.SourceEmitter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call of user code emits, put aside until the call has returned. */
final class ReferenceOutputs
        implements Outputs<Object>, KeyedOutputs<Object, Object>, SourceEmitter<Object> {

    private final ReferenceStep from;
    private final @Nullable Object key;
    private final List<Emitted> emitted = new ArrayList<>();
    private final Thread thread = Thread.currentThread();
    private boolean closed;

    /** Outputs of a step; what is emitted without a key gets {@code key}. */
    ReferenceOutputs(ReferenceStep from, @Nullable Object key) {
        this.from = from;
        this.key = key;
    }

    @Override
    public void emit(Object item) {
        add(0, key, item);
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        add(indexOf(port), key, item);
    }

    @Override
    public void emit(Object ofKey, Object value) {
        add(0, from.checks.key(ofKey, value), value);
    }

    @Override
    public <X> void emit(Port<X> port, Object ofKey, X value) {
        add(indexOf(port), from.checks.key(ofKey, value), value);
    }

    @Override
    public void reject(Object raw, Exception cause) {
        if (!from.step.hasDeadLetters()) {
            throw from.checks.rejected(raw, cause);
        }
        add(from.step.deadLetterPort(), null, Attempts.deadLetter(from, null, raw, cause));
    }

    boolean isEmpty() {
        return emitted.isEmpty();
    }

    /** Passes all on, after the call. */
    void pass() {
        closed = true;
        from.hasRun();
        emitted.forEach(one -> from.send(one.port, one.key, one.item));
    }

    private int indexOf(Port<?> port) {
        if (!from.step.operator().sidePorts().contains(port)) {
            throw new IllegalArgumentException(
                    "step '"
                            + from.step.userStep()
                            + "' has not declared the port '"
                            + port.name()
                            + "'; hand it over where the step is made");
        }
        return port.index();
    }

    private void add(int port, @Nullable Object ofKey, @Nullable Object item) {
        if (closed || thread != Thread.currentThread()) {
            throw from.time.refused(from.checks.emittedOutOfTurn(Thread.currentThread()));
        }
        Object checked = from.checks.item(item);
        from.emitted(checked);
        emitted.add(new Emitted(port, ofKey, checked));
    }

    private record Emitted(int port, @Nullable Object key, Object item) {}
}
