package dev.waxwing.testing;

import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a list of elements and does what the marks among them say. */
final class TestSourcePartition<T> implements StatefulSourcePartition<T, Integer> {

    private static final Duration ASKS_AGAIN = Duration.ofMillis(1);

    private final String name;
    private final List<Object> elements;
    private final int batchItems;
    private final InstantSource clock;
    private final Set<String> firedCrashes;
    private int position;

    /** Behind the last item; marks alone end no epoch. */
    private int behindItems;

    private int doneUpTo;
    private @Nullable Instant awake;

    TestSourcePartition(
            String name,
            List<Object> elements,
            int batchItems,
            InstantSource clock,
            Set<String> firedCrashes,
            int position) {
        this.name = name;
        this.elements = elements;
        this.batchItems = batchItems;
        this.clock = clock;
        this.firedCrashes = firedCrashes;
        this.position = position;
        this.behindItems = position;
        this.doneUpTo = position;
    }

    /** The same, which is told what is done if an element asks for it. */
    StatefulSourcePartition<T, Integer> asToldWhatIsDone() {
        return elements.stream().anyMatch(TestItems.Decided.class::isInstance)
                ? new ToldTestPartition<>(this)
                : this;
    }

    /** All elements before this one are done. */
    void done(int upTo) {
        doneUpTo = upTo;
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) {
        awake = null;
        int emitted = 0;
        while (position < elements.size() && emitted < batchItems) {
            Object element = elements.get(position);
            if (element instanceof TestItems.Crash) {
                if (firedCrashes.contains(crashId())) {
                    position++;
                } else if (emitted > 0) {
                    return SourceStatus.OPEN;
                } else {
                    firedCrashes.add(crashId());
                    throw new CrashException("crash at " + crashId() + ", as the test asked for");
                }
            } else if (element instanceof TestItems.EndOfInput) {
                if (emitted > 0) {
                    return SourceStatus.OPEN;
                }
                position++;
                return SourceStatus.ENDED;
            } else if (element instanceof TestItems.Decided) {
                if (doneUpTo < behindItems) {
                    awake = clock.instant().plus(ASKS_AGAIN);
                    return SourceStatus.OPEN;
                }
                position++;
            } else if (element instanceof TestItems.Pause pause) {
                position++;
                awake = clock.instant().plus(pause.duration());
                return SourceStatus.OPEN;
            } else {
                position++;
                emitted++;
                behindItems = position;
                out.emit(item(element));
            }
        }
        return emitted == 0 ? SourceStatus.ENDED : SourceStatus.OPEN;
    }

    @Override
    public @Nullable Instant nextAwake() {
        return awake;
    }

    @Override
    public Integer snapshot() {
        return position;
    }

    private String crashId() {
        return "element " + position + " of partition '" + name + "'";
    }

    @SuppressWarnings("unchecked") // whoever made the source said that it is one
    private T item(Object element) {
        return (T) element;
    }
}
