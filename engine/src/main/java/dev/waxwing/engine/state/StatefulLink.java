package dev.waxwing.engine.state;

import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.internal.ClassConstant;
import dev.waxwing.state.Retain;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stateful step: one look-up an item, then straight into the key's logic. */
public final class StatefulLink implements StateLink {

    private static final @Nullable Parts CONSTANT =
            ClassConstant.of(MethodHandles.lookup(), Parts.class);

    private final Parts own;

    public StatefulLink(Parts parts) {
        own = parts;
    }

    /** What the link is made of. */
    public record Parts(KeyedState state, Ports ports, LogicCall calls, StepSite site, Feed feed) {

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
            Cell cell;
            try {
                int hash = CellTable.hash(Boxed.hash(key));
                cell = parts.state().likely(hash);
                if (cell == null
                        || cell.bits != keyBits
                        || (cell.rest != keyRest && !cell.rest.equals(keyRest))) {
                    cell = parts.state().cellOf(hash, keyBits, keyRest);
                }
            } catch (Throwable thrown) {
                throw parts.site().keyFailed(Boxed::of, keyBits, keyRest, thrown);
            }
            parts.state().take(cell);
            Retain retain;
            long bits = Boxed.bits(value);
            Object rest = Boxed.rest(value);
            LogicCall call = parts.calls().begin();
            try {
                retain = Objects.requireNonNull(cell.logic).onItem(value, call);
            } catch (Throwable thrown) {
                throw parts.site().failedFor("onItem", cell.key(), Boxed::of, bits, rest, thrown);
            } finally {
                call.end();
            }
            if (retain != Retain.KEEP) {
                parts.state().returned(cell, retain, "onItem");
            }
            parts.state().tookItem(cell);
        } catch (Throwable thrown) {
            throw parts.feeder().notTaken(thrown);
        }
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
