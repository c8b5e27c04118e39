package dev.waxwing.engine.link;

import dev.waxwing.kernel.Port;
import java.util.List;

/** The outputs of a step: the main one and those that it declared beside it. */
public final class Ports implements AllOutputs {

    private final Link next;
    private final Link[] sides;

    /**
     * @param sides by port index, from port 1
     */
    public Ports(Link next, List<Link> sides) {
        this.next = next;
        this.sides = sides.toArray(Link[]::new);
    }

    /** The link of a side output. */
    public Link side(Port<?> port) {
        if (port.index() > sides.length) {
            next.emit(port, port);
        }
        return sides[port.index() - 1];
    }

    public Link main() {
        return next;
    }

    @Override
    public void emit(Object item) {
        next.emit(item);
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        side(port).emit(item);
    }

    @Override
    public void emit(Object key, Object value) {
        next.emit(key, value);
    }

    @Override
    public <X> void emit(Port<X> port, Object key, X value) {
        side(port).emit(key, (Object) value);
    }

    public void flush() {
        next.flush();
        for (Link side : sides) {
            side.flush();
        }
    }

    public void barrier(long epoch) {
        next.barrier(epoch);
        for (Link side : sides) {
            side.barrier(epoch);
        }
    }

    public void watermark(long micros) {
        next.watermark(micros);
        for (Link side : sides) {
            side.watermark(micros);
        }
    }

    public void end() {
        next.end();
        for (Link side : sides) {
            side.end();
        }
    }
}
