package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Counting;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/** The end of a stream that nobody takes. */
public final class DropLink implements Link, Counting {

    private final StepSite feeder;
    private long items;

    public DropLink(StepSite feeder) {
        this.feeder = feeder;
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        items++;
    }

    @Override
    public long items() {
        return items;
    }

    @Override
    public void flush() {}

    @Override
    public void barrier(long epoch) {}

    @Override
    public void watermark(long micros) {}

    @Override
    public void end() {}
}
