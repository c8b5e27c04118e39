package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.StatefulSinkPartition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes to the partitions of a sink, opening each with the first item for it. */
final class SinkReference extends ReferenceStep {

    private final FixedPartitionedSink<Object, Object, Object> sink;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private List<String> names = List.of();

    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    SinkReference(CoreStep step, ReferenceTime time, FixedPartitionedSink<?, ?, ?> sink) {
        super(step, time);
        this.sink = (FixedPartitionedSink<Object, Object, Object>) sink;
    }

    @Override
    void open(@Nullable ReferenceStore store) {
        try {
            names = List.copyOf(new Attempts(this, "listParts").opening(sink::listParts));
        } catch (Throwable e) {
            throw new Attempts(this, "listParts").failed(null, e);
        }
        checkNames();
        if (store != null) {
            List<String> before = store.recordSinkParts(step.userStep(), names);
            if (before != null && !before.equals(names)) {
                throw checks.failed(
                        "the sink listed the partitions "
                                + before
                                + " before and now lists "
                                + names
                                + "; keep the list or tell the runner to accept it",
                        null);
            }
            store.positions(step.userStep())
                    .forEach((name, position) -> build((String) name, position));
        }
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        String name = names.get(key == null ? 0 : indexFor(key));
        Part part = parts.get(name);
        if (part == null) {
            part = build(name, null);
        }
        part.batch.add(key, item);
    }

    @Override
    void onActivationEnd() {
        for (Part part : parts.values()) {
            part.written |= part.batch.write();
        }
    }

    @Override
    void onEndOfInput() {
        parts.forEach(
                (name, part) -> {
                    new Attempts(this, "onEndOfInput" + of(name))
                            .forNone(out -> part.opened.onEndOfInput());
                    part.written = true;
                });
    }

    @Override
    void snapshot(ReferenceStore.Snapshots snapshots) {
        parts.forEach(
                (name, part) -> {
                    new Attempts(this, "check" + of(name)).forNone(out -> part.opened.check());
                    if (part.written) {
                        part.written = false;
                        new Attempts(this, "snapshot" + of(name))
                                .forNone(
                                        out -> {
                                            Object position = part.opened.snapshot();
                                            part.opened.force();
                                            part.undecided = position;
                                            snapshots.position(step.userStep(), name, position);
                                        });
                    }
                });
    }

    @Override
    void onDecided(long epoch) {
        parts.forEach(
                (name, part) -> {
                    Object position = part.undecided;
                    if (position != null) {
                        part.undecided = null;
                        new Attempts(this, "onDecided" + of(name))
                                .forNone(out -> part.opened.onDecided(position));
                    }
                });
    }

    @Override
    void close() throws Exception {
        Closing.all(parts.values().stream().map(part -> part.opened).toList());
    }

    private void checkNames() {
        if (names.isEmpty()) {
            throw checks.failed("the sink lists no partitions; it has nowhere to write", null);
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw checks.failed("the sink lists a partition twice: " + names, null);
        }
        if (!step.keyed() && names.size() > 1) {
            throw checks.failed(
                    "the sink has "
                            + names.size()
                            + " partitions and so needs a keyed stream; add keyOn before it or use"
                            + " a sink of one partition",
                    null);
        }
    }

    private int indexFor(Object key) {
        try {
            return Math.floorMod(sink.partFn(key), names.size());
        } catch (Throwable e) {
            throw new Attempts(this, "partFn").failed(key, e);
        }
    }

    private Part build(String name, @Nullable Object position) {
        try {
            Part part =
                    new Part(
                            name,
                            new Attempts(this, "buildPart")
                                    .opening(
                                            () -> sink.buildPart(step.userStep(), name, position)));
            parts.put(name, part);
            return part;
        } catch (Throwable e) {
            throw new Attempts(this, "buildPart" + of(name)).failed(null, e);
        }
    }

    private static String of(String name) {
        return " of partition '" + name + "'";
    }

    /** An open partition. */
    private final class Part {

        private final StatefulSinkPartition<Object, Object> opened;
        private final SinkBatch batch;
        private boolean written;

        /** At the end of the open epoch. */
        private @Nullable Object undecided;

        Part(String name, StatefulSinkPartition<Object, Object> opened) {
            this.opened = Objects.requireNonNull(opened, "buildPart must not return null");
            this.batch =
                    new SinkBatch(SinkReference.this, "writeBatch" + of(name), opened::writeBatch);
        }
    }
}
