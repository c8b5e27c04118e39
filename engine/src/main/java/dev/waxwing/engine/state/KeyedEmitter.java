package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Turn;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Takes what the logic of the current key emits and passes it on under that key. */
public final class KeyedEmitter implements Outputs<Object> {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public KeyedEmitter(Parts parts) {
        own = parts;
    }

    /** What the link is made of. */
    public record Parts(StepState state, Link next, Ports ports, Turn turn) {}

    @Override
    public void emit(Object item) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        if (!parts.turn().isHere()) {
            throw parts.state().site().emittedOutOfTurn();
        }
        Object key;
        try {
            key = parts.state().currentKey();
        } catch (Throwable thrown) {
            throw parts.state().site().notTaken(thrown);
        }
        parts.next().emit(key, item);
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        if (!parts.turn().isHere()) {
            throw parts.state().site().emittedOutOfTurn();
        }
        Object key;
        try {
            key = parts.state().currentKey();
        } catch (Throwable thrown) {
            throw parts.state().site().notTaken(thrown);
        }
        parts.ports().side(port).emit(key, (Object) item);
    }
}
