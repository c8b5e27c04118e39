package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Port;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds back what a call emits until it is known that the call has succeeded. */
public final class Buffer implements AllOutputs {

    private final Ports ports;
    private final StepSite site;
    private final List<Emitted> held = new ArrayList<>();

    public Buffer(Ports ports, StepSite site) {
        this.ports = ports;
        this.site = site;
    }

    @Override
    public void emit(Object item) {
        hold(ports.main(), null, item);
    }

    @Override
    public <X> void emit(Port<X> port, X item) {
        hold(ports.side(port), null, item);
    }

    @Override
    public void emit(Object key, Object value) {
        hold(ports.main(), site.checkedKey(key, value), value);
    }

    @Override
    public <X> void emit(Port<X> port, Object key, X value) {
        hold(ports.side(port), site.checkedKey(key, value), value);
    }

    void passOn() {
        for (Emitted emitted : held) {
            emitted.to.push(emitted.key, emitted.item);
        }
        held.clear();
    }

    void clear() {
        held.clear();
    }

    void flush() {
        ports.flush();
    }

    void barrier(long epoch) {
        ports.barrier(epoch);
    }

    void watermark(long micros) {
        ports.watermark(micros);
    }

    void end() {
        ports.end();
    }

    private void hold(Link to, @Nullable Object key, @Nullable Object item) {
        if (item == null) {
            throw site.unrecordedNullItem();
        }
        try {
            held.add(new Emitted(to, key, item));
        } catch (Throwable thrown) {
            throw site.notTaken(thrown);
        }
    }

    private record Emitted(Link to, @Nullable Object key, Object item) {}
}
