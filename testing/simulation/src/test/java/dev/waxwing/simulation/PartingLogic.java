package dev.waxwing.simulation;

import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;

/** Sends odd values to a side output. */
final class PartingLogic implements StatefulLogic<Item, Item, Long> {

    private final Port<Item> odd;
    private long seen;

    PartingLogic(Port<Item> odd, Long resumeState) {
        this.odd = odd;
        this.seen = resumeState == null ? 0 : resumeState;
    }

    @Override
    public Retain onItem(Item item, Outputs<? super Item> out) {
        seen++;
        if (item.value() % 2 == 0) {
            out.emit(item);
        } else {
            out.emit(odd, item);
        }
        return seen < 5 ? Retain.KEEP : Retain.DISCARD;
    }

    @Override
    public Long snapshot() {
        return seen;
    }
}
