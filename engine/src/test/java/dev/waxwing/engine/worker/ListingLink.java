package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.StepSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last link of a test: adds what comes to a list, as text. Items are as they are, a watermark
 * is its time or {@code idle}, a barrier {@code epoch 1}; the others are {@code flush} and {@code
 * end}.
 *
 * @param onItem is done when an item comes
 */
record ListingLink(List<String> all, Runnable onItem) implements Link {

    /** What has come, but for flushes. */
    static List<String> told(List<String> all) {
        return all.stream().filter(each -> !each.equals("flush")).toList();
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        all.add(value.toString());
        onItem.run();
    }

    @Override
    public void emit(Object value) {
        push(null, value);
    }

    @Override
    public StepSite feeder() {
        throw new AssertionError("nothing is emitted");
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
