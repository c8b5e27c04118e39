package dev.waxwing.embedded.link;

import dev.waxwing.kernel.ClassConstant;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.state.ColumnarLogic;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** A stateful step with one logic for all keys: one look-up an item, then straight into it. */
public final class ColumnarLink implements StateLink {

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
            Outputs<Object> out,
            StepSite site,
            StepCounts counts,
            StepSite feeder) {}

    @Override
    public void emit(Object key, Object value) {
        Parts parts = CONSTANT != null ? CONSTANT : own;
        if (value == null) {
            throw parts.feeder().nullItem();
        }
        if (key == null) {
            throw parts.feeder().nullKey(value);
        }
        parts.counts().received++;
        int slot = parts.state().take(key.hashCode(), Boxed.bits(key), Boxed.rest(key));
        long bits = Boxed.bits(value);
        Object rest = Boxed.rest(value);
        try {
            parts.logic().onItem(slot, value, parts.state().watermark(), parts.out());
        } catch (Throwable thrown) {
            CalledFor item = Boxed::of;
            throw parts.site()
                    .failedFor("onItem", parts.state().keyOf(slot), item, bits, rest, thrown);
        }
    }

    @Override
    public StepState state() {
        return (CONSTANT != null ? CONSTANT : own).state();
    }

    @Override
    public Ports ports() {
        return (CONSTANT != null ? CONSTANT : own).ports();
    }

    @Override
    public StepSite feeder() {
        return (CONSTANT != null ? CONSTANT : own).feeder();
    }
}
