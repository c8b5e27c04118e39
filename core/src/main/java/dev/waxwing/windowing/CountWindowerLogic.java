package dev.waxwing.windowing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The windows by count of one key. */
final class CountWindowerLogic implements WindowerLogic<CountWindower.Counted> {

    private final CountWindower windower;
    private final Deque<WindowResult.Metadata> open = new ArrayDeque<>();
    private long taken;

    CountWindowerLogic(CountWindower windower, CountWindower.@Nullable Counted resumeState) {
        this.windower = windower;
        if (resumeState != null) {
            taken = resumeState.taken();
            open.addAll(resumeState.open());
        }
    }

    @Override
    public long[] openFor(long micros) {
        if (taken % windower.offset() == 0) {
            open.add(
                    WindowResult.Metadata.of(
                            taken / windower.offset(), Micros.END_OF_TIME, Micros.START_OF_TIME));
        }
        taken++;
        long[] ids = new long[open.size()];
        for (int i = 0; i < ids.length; i++) {
            WindowResult.Metadata window = open.removeFirst();
            open.addLast(
                    WindowResult.Metadata.of(
                            window.windowId(),
                            Math.min(window.openMicros(), micros),
                            Math.max(window.closeMicros(), micros)));
            ids[i] = window.windowId();
        }
        return ids;
    }

    /** A late value is in no window: the windows go on with those that are not late. */
    @Override
    public long[] lateFor(long micros) {
        return new long[] {taken / windower.offset()};
    }

    @Override
    public WindowResult.Metadata window(long windowId) {
        return open.stream()
                .filter(window -> window.windowId() == windowId)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("window " + windowId + " is not open"));
    }

    @Override
    public long closesAt(long windowId) {
        return isFull(windowId) ? Micros.START_OF_TIME : Micros.END_OF_TIME;
    }

    @Override
    public long closesAt() {
        return open.isEmpty() ? Micros.END_OF_TIME : closesAt(open.getFirst().windowId());
    }

    @Override
    public List<WindowResult.Metadata> closeFor(long watermark) {
        if (open.isEmpty() || closesAt() > watermark) {
            return List.of();
        }
        List<WindowResult.Metadata> closed = new ArrayList<>();
        while (!open.isEmpty() && closesAt() <= watermark) {
            if (!isFull(open.getFirst().windowId())) {
                /* It got no further: what comes after the end of input begins a new window. */
                taken = -Math.floorDiv(-taken, windower.offset()) * windower.offset();
            }
            closed.add(open.removeFirst());
        }
        return closed;
    }

    @Override
    public CountWindower.Counted snapshot() {
        return new CountWindower.Counted(taken, List.copyOf(open));
    }

    private boolean isFull(long windowId) {
        return taken - windowId * windower.offset() >= windower.length();
    }
}
