package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.run.check.RejectedItemException;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.IdempotentPartition;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.DeliveryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps the items of an epoch until it is decided, in the store, and then commits them. */
final class EpochSinkReference extends ReferenceStep {

    private final EpochSink<Object> sink;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private List<String> names = List.of();
    private @Nullable ReferenceStore store;

    /** How many of the rejected items have become dead letters in the open epoch. */
    private int passed;

    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    EpochSinkReference(CoreStep step, ReferenceTime time, EpochSink<?> sink) {
        super(step, time);
        this.sink = (EpochSink<Object>) sink;
    }

    @Override
    void open(@Nullable ReferenceStore given) {
        if (given == null) {
            throw checks.needsRecovery();
        }
        store = given;
        try {
            names = List.copyOf(new Attempts(this, "listParts").opening(sink::listParts));
        } catch (Throwable e) {
            throw new Attempts(this, "listParts").failed(null, e);
        }
        for (String name : names) {
            parts.put(name, claimed(name, given));
        }
        deliver();
    }

    @Override
    void onItem(@Nullable Object key, Object item) {
        int index = key == null ? 0 : Math.floorMod(partFn(key), names.size());
        Objects.requireNonNull(parts.get(names.get(index))).items.add(item);
    }

    /** What was rejected comes as if from a source, but of no partition any more. */
    @Override
    void onActivationEnd() {
        List<ReferenceStore.Rejected> all = Objects.requireNonNull(store).rejected(step.userStep());
        for (ReferenceStore.Rejected rejected : all.subList(passed, all.size())) {
            passed++;
            emitAsOf(
                    null,
                    () ->
                            send(
                                    step.deadLetterPort(),
                                    null,
                                    Attempts.deadLetter(
                                            this,
                                            null,
                                            rejected.item(),
                                            new RejectedItemException(rejected.why()))));
        }
    }

    @Override
    void snapshot(ReferenceStore.Snapshots snapshots) {
        parts.forEach(
                (name, part) -> {
                    if (!part.items.isEmpty()) {
                        snapshots.deliver(step.userStep(), delivery(name, part));
                        part.items = new ArrayList<>();
                    }
                });
        snapshots.passed(step.userStep(), passed);
        passed = 0;
    }

    @Override
    void onDecided(long epoch) {
        deliver();
    }

    @Override
    boolean endsEpoch() {
        return step.hasDeadLetters();
    }

    @Override
    void close() throws Exception {
        Closing.all(parts.values().stream().map(part -> part.opened).toList());
    }

    private void deliver() {
        ReferenceStore from = Objects.requireNonNull(store);
        for (ReferenceStore.Delivery delivery : from.deliveries(step.userStep())) {
            Part part = parts.get(delivery.part());
            if (part == null) {
                throw checks.failed(
                        "partition '"
                                + delivery.part()
                                + "' has something to commit, but is not listed any more",
                        null);
            }
            List<ReferenceStore.Rejected> rejected = new ArrayList<>();
            if (delivery.epoch() > part.held) {
                List<Object> content = delivery.content();
                part.commits
                        .commit(delivery)
                        .forEach(
                                (index, why) ->
                                        rejected.add(
                                                new ReferenceStore.Rejected(
                                                        content.get(index), why)));
            }
            from.delivered(step.userStep(), delivery, rejected);
        }
    }

    private ReferenceStore.Delivery delivery(String name, Part part) {
        int batchItems =
                part.opened instanceof IdempotentPartition<?> sent ? sent.batchItemsMax() : 0;
        return new ReferenceStore.Delivery(
                name, time.epoch(), batchItems, time.now(), prepared(part));
    }

    private List<Object> prepared(Part part) {
        if (!(part.opened instanceof TwoPhasePartition<Object, ?> staging)) {
            return List.copyOf(part.items);
        }
        try {
            staging.writeBatch(List.copyOf(part.items));
            return List.copyOf(staging.prepare(time.epoch()));
        } catch (Throwable e) {
            throw new Attempts(this, "prepare" + of(part.owner.partition())).failed(null, e);
        }
    }

    private int partFn(Object key) {
        try {
            return sink.partFn(key);
        } catch (Throwable e) {
            throw new Attempts(this, "partFn").failed(key, e);
        }
    }

    private Part claimed(String name, ReferenceStore given) {
        Owner owner =
                new Owner(
                        given.lineage(),
                        given.generation(),
                        given.token(),
                        given::knows,
                        false,
                        given.lineage().toString(),
                        given.markedAs(step.userStep()),
                        name);
        try {
            Attempts opening = new Attempts(this, "opening partition '" + name + "'");
            EpochSinkPartition<Object> opened =
                    opening.opening(() -> sink.buildPart(step.userStep(), name));
            Marker found = opening.opening(() -> opened.claim(owner));
            long held = owner.takeOver(found).epoch();
            checkMarker(opened, held, given.committedEpoch(step.userStep(), name), name);
            if (opened instanceof TwoPhasePartition<?, ?> staging) {
                staging.abortBeyond(given.decidedEpoch());
            }
            return new Part(owner, opened, held);
        } catch (FencedException e) {
            throw new DeliveryException(
                    step.userStep(), "step '" + step.userStep() + "': " + e.getMessage(), e);
        } catch (DeliveryException e) {
            throw e;
        } catch (Throwable e) {
            throw new Attempts(this, "claim" + of(name)).failed(null, e);
        }
    }

    private void checkMarker(EpochSinkPartition<?> opened, long held, long committed, String name) {
        if (opened instanceof TransactionalPartition && held < committed) {
            throw new DeliveryException(
                    step.userStep(),
                    "step '"
                            + step.userStep()
                            + "': the target of partition '"
                            + name
                            + "' holds epoch "
                            + held
                            + ", but epoch "
                            + committed
                            + " was committed to it: it was emptied, or restored from a backup",
                    null);
        }
    }

    private static String of(String name) {
        return " of partition '" + name + "'";
    }

    /** An open partition. */
    private final class Part {

        private final Owner owner;
        private final EpochSinkPartition<Object> opened;
        private final ReferenceCommits commits;

        /** The epoch that the target had at the start. */
        private final long held;

        private List<Object> items = new ArrayList<>();

        Part(Owner owner, EpochSinkPartition<Object> opened, long held) {
            this.owner = owner;
            this.opened = opened;
            this.held = held;
            this.commits = new ReferenceCommits(EpochSinkReference.this, owner, opened);
        }
    }
}
