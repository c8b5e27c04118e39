package dev.waxwing.source;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.internal.Elapsed;
import dev.waxwing.source.QueueSource.MessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a queue and acknowledges what is done. Confined to the partition's thread. */
final class QueuePartition<T>
        implements StatefulSourcePartition<T, QueueSource.Position>,
                AcknowledgingPartition<QueueSource.Position>,
                BlockingPartition {

    /*
     * What was received in a call is a group, which is what a position counts by: a group is under way until a
     * position behind it is acknowledged, and then its ids are remembered. A position has the ids of all these
     * groups. After a crash, those that it has are of decided epochs, whose sinks may not have committed yet: they
     * are remembered, and those that come again are acknowledged with the next position, which is behind them.
     *
     * A message that comes again while it is under way may not be acknowledged yet. Its new tag takes the place
     * of the old, which the queue has forgotten.
     */
    private final MessageQueue<T> queue;
    private final QueueSource.Options options;
    private final Elapsed elapsed;
    private final Deque<Group> underWay = new ArrayDeque<>();
    private final Map<String, Held> underWayById = new HashMap<>();
    private final Deque<List<String>> remembered = new ArrayDeque<>();
    private final Set<String> rememberedIds = new HashSet<>();

    /** Those of the resume state, while they are not known to be done. */
    private final Set<String> resumedIds = new HashSet<>();

    /** Of these, the ones that have come again: their tags by id. */
    private final Map<String, String> resumedTags = new LinkedHashMap<>();

    /** Tags of messages that have come again though they are done. */
    private final List<String> repeatedTags = new ArrayList<>();

    private long messages;
    private int held;
    private Duration extendAt;

    QueuePartition(
            MessageQueue<T> queue,
            QueueSource.Options options,
            InstantSource clock,
            QueueSource.@Nullable Position position) {
        this.queue = Objects.requireNonNull(queue, "open returned null");
        this.options = options;
        this.elapsed = Elapsed.by(clock);
        this.extendAt = options.extendEvery();
        if (position != null) {
            messages = position.messages();
            position.ids().forEach(this::remember);
            resumedIds.addAll(rememberedIds);
        }
    }

    @Override
    public SourceStatus nextBatch(SourceEmitter<? super T> out) throws Exception {
        renew();
        acknowledgeRepeated();
        int room = options.unacknowledgedMax() - held;
        if (room <= 0) {
            return SourceStatus.OPEN;
        }
        List<QueueSource.Message<T>> received =
                queue.receive(Math.min(room, options.batchMessages()), options.waitMax());
        if (received == null) {
            return SourceStatus.ENDED;
        }
        List<QueueSource.Message<T>> fresh = withoutRepeated(received);
        if (!fresh.isEmpty()) {
            take(fresh);
            fresh.forEach(message -> out.emit(message.item()));
        }
        /* If that fails, what was received is emitted already, and these are acknowledged by the next call. */
        acknowledgeRepeated();
        return SourceStatus.OPEN;
    }

    @Override
    public QueueSource.Position snapshot() {
        return new QueueSource.Position(
                messages,
                Stream.concat(remembered.stream(), underWay.stream().map(Group::ids))
                        .filter(ids -> !ids.isEmpty())
                        .toList());
    }

    @Override
    public void acknowledge(QueueSource.Position upTo) throws Exception {
        List<String> tags = new ArrayList<>(resumedTags.values());
        for (Group group : underWay) {
            if (group.end <= upTo.messages()) {
                group.messages.forEach(message -> tags.add(message.tag));
            }
        }
        if (!tags.isEmpty()) {
            queue.acknowledge(tags);
        }
        resumedTags.clear();
        resumedIds.clear();
        while (!underWay.isEmpty() && underWay.peek().end <= upTo.messages()) {
            Group done = underWay.remove();
            held -= done.messages.size();
            done.ids.forEach(underWayById::remove);
            remember(done.ids);
        }
        while (rememberedIds.size() > options.rememberedIds()) {
            remembered.remove().forEach(rememberedIds::remove);
        }
    }

    @Override
    public void renew() throws Exception {
        Duration now = elapsed.get();
        if (now.compareTo(extendAt) < 0) {
            return;
        }
        List<String> tags = tagsUnderWay();
        if (!tags.isEmpty()) {
            queue.extend(tags);
        }
        extendAt = now.plus(options.extendEvery());
    }

    @Override
    public void close() throws Exception {
        try {
            List<String> tags = tagsUnderWay();
            if (!tags.isEmpty()) {
                queue.release(tags);
            }
        } finally {
            queue.close();
        }
    }

    private void acknowledgeRepeated() throws Exception {
        if (!repeatedTags.isEmpty()) {
            queue.acknowledge(List.copyOf(repeatedTags));
            repeatedTags.clear();
        }
    }

    private List<QueueSource.Message<T>> withoutRepeated(List<QueueSource.Message<T>> received) {
        List<QueueSource.Message<T>> fresh = new ArrayList<>();
        Map<String, Integer> freshById = new HashMap<>();
        for (QueueSource.Message<T> message : received) {
            String id = message.id();
            Held before = id == null ? null : underWayById.get(id);
            Integer twice = id == null ? null : freshById.get(id);
            if (before != null) {
                before.tag = message.tag();
            } else if (twice != null) {
                fresh.set(twice, message);
            } else if (id != null && resumedIds.contains(id)) {
                resumedTags.put(id, message.tag());
            } else if (id != null && rememberedIds.contains(id)) {
                repeatedTags.add(message.tag());
            } else {
                if (id != null) {
                    freshById.put(id, fresh.size());
                }
                fresh.add(message);
            }
        }
        return fresh;
    }

    private void take(List<QueueSource.Message<T>> fresh) {
        messages += fresh.size();
        held += fresh.size();
        List<Held> group = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (QueueSource.Message<T> message : fresh) {
            Held holding = new Held(message.tag());
            group.add(holding);
            String id = message.id();
            if (id != null) {
                ids.add(id);
                underWayById.put(id, holding);
            }
        }
        underWay.add(new Group(messages, group, List.copyOf(ids)));
    }

    private void remember(List<String> ids) {
        if (!ids.isEmpty()) {
            remembered.add(ids);
            rememberedIds.addAll(ids);
        }
    }

    private List<String> tagsUnderWay() {
        return Stream.concat(
                        resumedTags.values().stream(),
                        underWay.stream()
                                .flatMap(group -> group.messages.stream())
                                .map(message -> message.tag))
                .toList();
    }

    /** Messages that were received in one call; {@code end} is how many there were with them. */
    private record Group(long end, List<Held> messages, List<String> ids) {}

    /** A message that is under way, by the tag that it came with last. */
    private static final class Held {

        private String tag;

        Held(String tag) {
            this.tag = tag;
        }
    }
}
