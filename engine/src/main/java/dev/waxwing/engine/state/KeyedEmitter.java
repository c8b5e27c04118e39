package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.kernel.Port;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** A call of a logic; passes what it emits on under the current key. */
public final class KeyedEmitter extends LogicCall {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public KeyedEmitter(Parts parts) {
        own = parts;
    }

    /**
     * What calls of a step have in common.
     *
     * @param lasting whether one emitter is for all calls, as the logic is the library's
     */
    public record Parts(StepState state, Link next, Ports ports, boolean lasting) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public LogicCall begin() {
        return parts().lasting() ? this : new KeyedEmitter(own);
    }

    @Override
    public void emit(Object item) {
        Parts parts = parts();
        if (parts.lasting()) {
            parts.next().emit(key(), item);
            return;
        }
        enter(parts.state().site());
        try {
            parts.next().emit(key(), item);
        } finally {
            leave();
        }
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        Parts parts = parts();
        if (parts.lasting()) {
            parts.ports().side(port).emit(key(), (Object) item);
            return;
        }
        enter(parts.state().site());
        try {
            parts.ports().side(port).emit(key(), (Object) item);
        } finally {
            leave();
        }
    }

    private Object key() {
        Parts parts = parts();
        try {
            return parts.state().currentKey();
        } catch (Throwable thrown) {
            throw parts.state().site().notTaken(thrown);
        }
    }
}
