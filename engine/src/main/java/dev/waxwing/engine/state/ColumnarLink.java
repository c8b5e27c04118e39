package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.CalledFor;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** A stateful step with one logic for all keys: one look-up an item, then straight into it. */
public final class ColumnarLink implements StateLink {

    /*
     * With very many keys an item waits for memory, for what is kept of its key. So then items are held to the end of the
     * activation, or until there are many, and what is kept of a number of keys is looked at, all at once, before their items are
     * taken: these looks depend on nothing and wait together (benchmark W3, docs/decisions/0024).
     */
    private static final int LOOKS = 64;

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public ColumnarLink(Parts parts) {
        own = parts;
    }

    /** What the link is made of. */
    public record Parts(
            ColumnarLogic<Object, Object, Object> logic,
            ColumnarState state,
            Ports ports,
            LogicCall calls,
            StepSite site,
            Feed feed) {

        StepSite feeder() {
            return feed.feeder();
        }

        StepCounts counts() {
            return feed.counts();
        }
    }

    private Parts parts() {
        return CONSTANT != null ? CONSTANT : own;
    }

    @Override
    public void emit(Object key, Object value) {
        Parts parts = parts();
        if (value == null) {
            throw parts.feeder().nullItem();
        }
        if (key == null) {
            throw parts.feeder().nullKey(value);
        }
        try {
            parts.counts().received++;
            long keyBits = Boxed.bits(key);
            Object keyRest = Boxed.rest(key);
            int slot;
            try {
                int hash = Boxed.hash(key);
                slot = parts.state().find(hash, keyBits, keyRest);
                if (slot == ColumnarLogic.NONE) {
                    slot = add(hash, keyBits, keyRest);
                }
            } catch (Throwable thrown) {
                throw parts.site().keyFailed(Boxed::of, keyBits, keyRest, thrown);
            }
            parts.state().touch(slot);
            if (!parts.state().isLarge()) {
                take(slot, value);
            } else if (parts.state().held().add(slot, value)) {
                takeHeld();
            }
        } catch (Throwable thrown) {
            throw parts.feeder().notTaken(thrown);
        }
    }

    private int add(int hash, long bits, Object rest) {
        Parts parts = parts();
        if (parts.state().isFull()) {
            takeHeld();
        }
        return parts.state().add(hash, bits, rest);
    }

    private void takeHeld() {
        Parts parts = parts();
        Held held = parts.state().held();
        for (int from = held.from(); from < held.to(); from += LOOKS) {
            int to = Math.min(from + LOOKS, held.to());
            look(held, from, to);
            for (int i = from; i < to; i++) {
                take(held.slot(i), held.item(i));
            }
        }
        held.taken();
    }

    private void look(Held held, int from, int to) {
        Parts parts = parts();
        int seen = 0;
        for (int i = from; i < to; i++) {
            seen += parts.logic().look(held.slot(i));
        }
        parts.state().seen = seen;
    }

    private void take(int slot, Object value) {
        Parts parts = parts();
        parts.state().call(slot);
        long bits = Boxed.bits(value);
        Object rest = Boxed.rest(value);
        LogicCall call = parts.calls().begin();
        try {
            parts.logic().onItem(slot, value, parts.state().watermark(), call);
        } catch (Throwable thrown) {
            CalledFor item = Boxed::of;
            throw parts.site()
                    .failedFor("onItem", parts.state().currentKey(), item, bits, rest, thrown);
        } finally {
            call.end();
        }
    }

    /* Before marks, too, as a flush comes before each. */
    @Override
    public void flush() {
        takeHeld();
        StateLink.super.flush();
    }

    @Override
    public StepState state() {
        return parts().state();
    }

    @Override
    public Ports ports() {
        return parts().ports();
    }

    @Override
    public StepSite feeder() {
        return parts().feeder();
    }
}
