package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stateless step with side outputs, or one whose calls are told apart. */
public final class PortedLink implements Link {

    private final @Nullable Kernel<Object, Object> plain;
    private final @Nullable KeyedKernel<Object, Object, Object> keyed;
    private final Ports out;
    private final boolean keepsEmitters;
    private final StepSite site;
    private final StepSite feeder;

    /**
     * @param plain the kernel of a stream without keys, else null
     * @param keyed the kernel of a keyed stream, else null
     * @param keepsEmitters whether the kernel may keep what it is given, as users' may
     */
    public PortedLink(
            @Nullable Kernel<Object, Object> plain,
            @Nullable KeyedKernel<Object, Object, Object> keyed,
            Ports out,
            boolean keepsEmitters,
            StepSite site,
            StepSite feeder) {
        this.plain = plain;
        this.keyed = keyed;
        this.out = out;
        this.keepsEmitters = keepsEmitters;
        this.site = site;
        this.feeder = feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().received++;
        try {
            if (keepsEmitters) {
                KernelCall call = new KernelCall(out, site);
                try {
                    call(key, value, call);
                } finally {
                    call.end();
                }
            } else {
                call(key, value, out);
            }
        } catch (Throwable thrown) {
            throw site.failedFor("the function", key, value, thrown);
        }
    }

    private void call(@Nullable Object key, Object value, AllOutputs to) throws Exception {
        if (plain != null) {
            plain.onItem(value, to);
        } else {
            Objects.requireNonNull(keyed).onItem(Objects.requireNonNull(key), value, to);
        }
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        try {
            if (keepsEmitters) {
                KernelCall call = new KernelCall(out, site);
                try {
                    endActivation(call);
                } finally {
                    call.end();
                }
            } else {
                endActivation(out);
            }
        } catch (Throwable thrown) {
            throw site.failed("the function", null, thrown);
        }
        out.flush();
    }

    private void endActivation(AllOutputs to) throws Exception {
        if (plain != null) {
            plain.onActivationEnd(to);
        } else {
            Objects.requireNonNull(keyed).onActivationEnd(to);
        }
    }

    @Override
    public void barrier(long epoch) {
        out.barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        out.watermark(micros);
    }

    @Override
    public void end() {
        out.end();
    }
}
