package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.kernel.Port;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * One call of a user's kernel, and what that emits into.
 *
 * <p>Calls of a kernel are objects of one class, of which one makes the others, as only that class
 * has the constant.
 */
public final class ConfinedCall implements KernelCalls, AllOutputs {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    /*
     * What Call does, in one class: each frame more, a super-constructor's too, counts against the depth to which the
     * compiler inlines, and only where all is inlined it takes the call apart. Null if the call has returned, and while an
     * item is on its way.
     */
    private @Nullable Thread thread;

    public ConfinedCall(Parts parts) {
        own = parts;
    }

    /**
     * What all calls of a kernel have in common.
     *
     * @param to takes what is emitted
     * @param site of the step that emits
     */
    public record Parts(AllOutputs to, StepSite site) {}

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public AllOutputs begin() {
        ConfinedCall call = new ConfinedCall(own);
        call.thread = Thread.currentThread();
        return call;
    }

    @Override
    public void end(AllOutputs given) {
        ((ConfinedCall) given).thread = null;
    }

    @Override
    public void emit(Object item) {
        Parts parts = parts();
        enter(parts);
        try {
            parts.to().emit(item);
        } finally {
            leave();
        }
    }

    @Override
    public void emit(Object key, Object value) {
        Parts parts = parts();
        enter(parts);
        try {
            parts.to().emit(key, value);
        } finally {
            leave();
        }
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        Parts parts = parts();
        enter(parts);
        try {
            parts.to().emit(port, item);
        } finally {
            leave();
        }
    }

    @Override
    public <X> void emit(Port<X> port, Object key, X value) {
        Parts parts = parts();
        enter(parts);
        try {
            parts.to().emit(port, key, value);
        } finally {
            leave();
        }
    }

    private void enter(Parts parts) {
        if (thread != Thread.currentThread()) {
            throw parts.site().emittedOutOfTurn();
        }
        thread = null;
    }

    private void leave() {
        thread = Thread.currentThread();
    }
}
