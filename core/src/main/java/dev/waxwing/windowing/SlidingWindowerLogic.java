package dev.waxwing.windowing;

import dev.waxwing.internal.SlidingBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The open ones of one key's sliding windows. */
final class SlidingWindowerLogic implements WindowerLogic<List<Long>> {

    private final SlidingBounds bounds;
    private final TreeSet<Long> open = new TreeSet<>();

    SlidingWindowerLogic(SlidingBounds bounds, @Nullable List<Long> resumeState) {
        this.bounds = bounds;
        if (resumeState != null) {
            open.addAll(resumeState);
        }
    }

    @Override
    public long[] openFor(long micros) {
        long[] ids = lateFor(micros);
        for (long id : ids) {
            open.add(id);
        }
        return ids;
    }

    @Override
    public long[] lateFor(long micros) {
        return bounds.ids(micros);
    }

    @Override
    public WindowResult.Metadata window(long windowId) {
        return WindowResult.Metadata.of(windowId, bounds.open(windowId), bounds.close(windowId));
    }

    @Override
    public long closesAt(long windowId) {
        return bounds.close(windowId);
    }

    @Override
    public long closesAt() {
        return open.isEmpty() ? Micros.END_OF_TIME : bounds.close(open.first());
    }

    @Override
    public List<WindowResult.Metadata> closeFor(long watermark) {
        if (closesAt() > watermark || open.isEmpty()) {
            return List.of();
        }
        List<WindowResult.Metadata> closed = new ArrayList<>();
        while (!open.isEmpty() && bounds.close(open.first()) <= watermark) {
            closed.add(window(open.pollFirst()));
        }
        return closed;
    }

    @Override
    public @Nullable List<Long> snapshot() {
        return open.isEmpty() ? null : List.copyOf(open);
    }
}
