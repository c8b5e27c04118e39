package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.site.StepSite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last link of a test: lists what comes, as text. Items are as they are, a watermark is its
 * time or {@code idle}, a barrier {@code epoch 1}; the others are {@code flush} and {@code end}.
 */
public final class HandLink implements Link {

    /** All that has come. */
    public final List<String> all = new ArrayList<>();

    /** What is done when an item comes. */
    public Runnable onItem = () -> {};

    private final @Nullable StepSite feeder;

    /** A link that no step emits into. */
    public HandLink() {
        this(null);
    }

    public HandLink(@Nullable StepSite feeder) {
        this.feeder = feeder;
    }

    /** What has come, but for flushes. */
    public List<String> told() {
        return all.stream().filter(each -> !each.equals("flush")).toList();
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        all.add(value.toString());
        onItem.run();
    }

    @Override
    public StepSite feeder() {
        if (feeder == null) {
            throw new AssertionError("nothing is emitted");
        }
        return feeder;
    }

    @Override
    public void flush() {
        all.add("flush");
    }

    @Override
    public void barrier(long epoch) {
        all.add("epoch " + epoch);
    }

    @Override
    public void watermark(long micros) {
        all.add(micros == Mark.Watermark.IDLE ? "idle" : String.valueOf(micros));
    }

    @Override
    public void end() {
        all.add("end");
    }
}
