package dev.waxwing.engine.link;

import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stateless step with side outputs. */
public final class PortedLink implements Link {

    private final @Nullable Kernel<Object, Object> plain;
    private final @Nullable KeyedKernel<Object, Object, Object> keyed;
    private final Ports out;
    private final KernelCalls calls;
    private final StepSite site;
    private final StepSite feeder;

    /**
     * @param plain the kernel of a stream without keys, else null
     * @param keyed the kernel of a keyed stream, else null
     * @param calls lead to {@code out}
     */
    public PortedLink(
            @Nullable Kernel<Object, Object> plain,
            @Nullable KeyedKernel<Object, Object, Object> keyed,
            Ports out,
            KernelCalls calls,
            StepSite site,
            StepSite feeder) {
        this.plain = plain;
        this.keyed = keyed;
        this.out = out;
        this.calls = calls;
        this.site = site;
        this.feeder = feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().received++;
        try {
            AllOutputs to = calls.begin();
            if (plain != null) {
                plain.onItem(value, to);
            } else {
                Objects.requireNonNull(keyed).onItem(Objects.requireNonNull(key), value, to);
            }
            calls.end(to);
        } catch (Throwable thrown) {
            throw site.failedFor("the function", key, value, thrown);
        }
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        try {
            AllOutputs to = calls.begin();
            if (plain != null) {
                plain.onActivationEnd(to);
            } else {
                Objects.requireNonNull(keyed).onActivationEnd(to);
            }
            calls.end(to);
        } catch (Throwable thrown) {
            throw site.failed("the function", null, thrown);
        }
        out.flush();
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
