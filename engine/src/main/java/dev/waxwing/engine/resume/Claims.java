package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.ItemCoding;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.Contract;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.EpochSinkPartition;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.KnownMarkers;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.sink.StoreFence;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens and claims all partitions of epoch sinks, before anything is read, and compares what their
 * targets hold with what the store has.
 */
final class Claims {

    private final Plan plan;
    private final RecoveryStore store;
    private final Encodings setup;
    private final RestoredState state;
    private final Parts parts;
    private final Preparation.Start start;
    private final Set<StateId> orphans;
    private final Openings openings;
    private final KnownMarkers known;
    private final Claimed given;
    private final Map<Integer, List<Opened>> opened = new TreeMap<>();
    private final Map<Integer, Map<String, List<Work.Stored>>> vanished = new TreeMap<>();
    private final Map<String, String> stepByMark = new HashMap<>();
    private final List<StatePage> adopted = new ArrayList<>();
    private long highest;

    /**
     * A partition that is open.
     *
     * @param works what the store has of it
     * @param lastEpoch the newest epoch that has something for it
     */
    private record Opened(DeliveryPart part, List<Prepared> works, long lastEpoch) {}

    /**
     * @param given is told of all partitions that are opened
     */
    Claims(
            Plan plan,
            RecoveryStore store,
            Encodings setup,
            RestoredState state,
            Parts parts,
            Preparation.Start start,
            Set<StateId> orphans,
            Openings openings,
            Claimed given) {
        this.given = given;
        this.plan = plan;
        this.store = store;
        this.setup = setup;
        this.state = state;
        this.parts = parts;
        this.start = start;
        this.orphans = orphans;
        this.openings = openings;
        long highestBefore = store.highestEpoch();
        this.highest = highestBefore;
        this.known =
                found ->
                        found.epoch() <= highestBefore
                                && store.hadExecution(found.generation(), found.owner());
    }

    /**
     * Claims all, goes back to the epoch from which is replayed, and removes what is left of epochs
     * that count no more. If a target is down or must not be claimed, the store is as it was; what
     * was claimed by then is known to be so by {@link Claimed}.
     *
     * @param epoch that is restored
     */
    void claimAll(long epoch) {
        for (CoreStep step : plan.coreSteps()) {
            if (step.sink() instanceof EpochSink<?> sink) {
                open(step, sink);
            }
        }
        look();
        opened.values().forEach(all -> all.forEach(this::claim));
        vanished.forEach(this::leaveToHeirs);
        if (start.replayFrom() > 0) {
            /* Before anything is removed that belongs to the later epochs: they may still be wanted until here. */
            given.keep();
            store.rewindTo(start.replayFrom());
        }
        opened.values().forEach(all -> all.forEach(each -> abortBeyond(each.part, epoch)));
        sweep();
    }

    /** By index of the core step, in the order of its partitions. */
    Map<Integer, List<DeliveryPart>> byStep() {
        Map<Integer, List<DeliveryPart>> byStep = new HashMap<>();
        opened.forEach((step, all) -> byStep.put(step, all.stream().map(Opened::part).toList()));
        return byStep;
    }

    /** The largest epoch that the store or a target knows. */
    long highestEpoch() {
        return highest;
    }

    /** Pages that record what was adopted, and remove what was given up. */
    List<StatePage> adopted() {
        return adopted;
    }

    private void open(CoreStep step, EpochSink<?> sink) {
        Map<String, List<Work.Stored>> stored = stored(step);
        @Nullable ItemCoding items =
                sink.contract() == Contract.TWO_PHASE ? null : items(step, sink, stored);
        Map<String, Progress> progress = progress(step);
        List<String> listed = Objects.requireNonNull(parts.byStep().get(step.index()));
        checkHasPlace(step, listed, stored);
        stored.values().forEach(this::checkOutboxes);
        List<Opened> all = new ArrayList<>();
        for (String name : listed) {
            Progress last = progress.getOrDefault(name, new Progress(0, null));
            DeliveryPart part =
                    new DeliveryPart(
                            step,
                            owner(step, name, last),
                            open(step, sink, name),
                            items,
                            store.segments(),
                            given.size());
            given.add(part);
            List<Work.Stored> works = stored.getOrDefault(name, List.of());
            all.add(new Opened(part, works(part, name, works), last.epoch()));
        }
        opened.put(step.index(), all);
        stored.keySet().removeAll(listed);
        vanished.put(step.index(), stored);
    }

    /*
     * A claim cannot be taken back without a trace if the process ends in between, and what others that are alive have
     * staged is swept after it. So all that can be found is found here.
     */
    private void look() {
        opened.values().forEach(all -> all.forEach(this::look));
        StoreFence fence = new Fence(store, start.adopts());
        for (CoreStep step : plan.coreSteps()) {
            if (step.sink() instanceof StoreAware<?, ?> sink) {
                check(step, sink, fence);
            }
        }
    }

    private void look(Opened each) {
        DeliveryPart part = each.part;
        if (part.partition() instanceof ReleasablePartition partition) {
            try {
                Optional<Marker> found =
                        openings.make(
                                part.step(),
                                "look at partition '" + part.name() + "'",
                                () -> Optional.ofNullable(partition.look(part.owner())));
                Marker taken = part.owner().takeOver(found.orElse(null));
                part.claims(found.orElse(null), taken);
                check(each, taken);
            } catch (DataflowException refused) {
                throw refused;
            } catch (Throwable thrown) {
                throw failed(part.step(), "look at", part.name(), thrown);
            }
        }
    }

    @SuppressWarnings("unchecked") // the position is of the sink, or the schema would not fit
    private void check(CoreStep step, StoreAware<?, ?> sink, StoreFence fence) {
        Map<Object, Object> positions = new HashMap<>();
        state.entries(StateIds.partitions(step))
                .forEach(entry -> positions.put(entry.key(), entry.value()));
        for (String name : Objects.requireNonNull(parts.byStep().get(step.index()))) {
            try {
                openings.make(
                        step,
                        "opening partition '" + name + "'",
                        () -> {
                            ((StoreAware<?, Object>) sink).check(name, positions.get(name), fence);
                            return name;
                        });
            } catch (Throwable thrown) {
                throw failed(step, "opening", name, thrown);
            }
        }
    }

    private void leaveToHeirs(Integer step, Map<String, List<Work.Stored>> left) {
        DeliveryPart heir = Objects.requireNonNull(opened.get(step)).get(0).part;
        left.forEach((name, works) -> leaveTo(heir, name, works));
    }

    private void checkHasPlace(
            CoreStep step, List<String> listed, Map<String, List<Work.Stored>> stored) {
        if (start.adopts()) {
            return;
        }
        Undelivered undelivered = new Undelivered(store);
        stored.forEach(
                (name, works) -> {
                    for (Work.Stored work : works) {
                        if (!listed.contains(name)) {
                            undelivered.checkNotListed(step.userStep(), work);
                        }
                        if (!step.hasDeadLetters()) {
                            undelivered.checkWithoutLetters(step.userStep(), work);
                        }
                    }
                });
    }

    /*
     * What a partition that is gone has done is removed by another, which passes on what was rejected of it; what
     * it has not done the user gives up.
     */
    private void leaveTo(DeliveryPart heir, String name, List<Work.Stored> works) {
        List<Prepared> done = new ArrayList<>();
        PageWriter givenUp = deliveries(heir.step()).newWriter();
        for (Prepared work : works(heir, name, works)) {
            if (work.epoch() <= store.doneEpoch()) {
                done.add(work);
            } else {
                work.keys().forEach(key -> change(deliveries(heir.step()), givenUp, key, null));
            }
        }
        heir.inherit(done);
        if (givenUp.entries() > 0) {
            adopted.add(givenUp.toPage());
        }
    }

    /* What is to be committed is read anyway; if it is damaged, nothing of it is to reach a target. */
    private void checkOutboxes(List<Work.Stored> works) {
        for (Work.Stored work : works) {
            boolean isUndone = work.key().epoch() > store.doneEpoch();
            if (isUndone && !start.adopts() && work.value() instanceof OutboxEntry outbox) {
                try (SegmentReader reader = store.segments().open(outbox.segment())) {
                    reader.check();
                }
            }
        }
    }

    private Map<String, Progress> progress(CoreStep step) {
        Map<String, Progress> progress = new HashMap<>();
        for (RestoredState.Entry entry : state.entries(StateIds.partitions(step))) {
            progress.put((String) entry.key(), (Progress) entry.value());
        }
        return progress;
    }

    private Owner owner(CoreStep step, String name, Progress last) {
        String markedAs = last.markedAs() == null ? step.userStep() : last.markedAs();
        String other = stepByMark.putIfAbsent(markedAs + "/" + name, step.userStep());
        if (other != null) {
            throw new DeliveryException(
                    step.userStep(),
                    "steps '"
                            + other
                            + "' and '"
                            + step.userStep()
                            + "' would both mark what they write as '"
                            + markedAs
                            + "', the name that one of them had before it was renamed; give the"
                            + " new step another name",
                    null);
        }
        return new Owner(
                store.lineage(),
                store.generation(),
                store.token(),
                known,
                start.adopts(),
                markedAs.substring(0, markedAs.indexOf('.')),
                markedAs,
                name);
    }

    @SuppressWarnings("unchecked") // the stream that the sink was given to had its types
    private EpochSinkPartition<Object> open(CoreStep step, EpochSink<?> sink, String name) {
        try {
            return (EpochSinkPartition<Object>)
                    openings.make(
                            step,
                            "buildPart of partition '" + name + "'",
                            () ->
                                    Objects.requireNonNull(
                                            sink.buildPart(step.userStep(), name),
                                            "buildPart returned null"));
        } catch (Throwable thrown) {
            throw new StepChecks(step).threw("buildPart of partition '" + name + "'", thrown);
        }
    }

    private void claim(Opened each) {
        DeliveryPart part = each.part;
        Marker found;
        Marker taken;
        try {
            part.claiming();
            found =
                    openings.make(
                                    part.step(),
                                    "claim of partition '" + part.name() + "'",
                                    () -> Optional.ofNullable(part.partition().claim(part.owner())))
                            .orElse(null);
            taken = part.owner().takeOver(found);
            part.claims(found, taken);
        } catch (Throwable thrown) {
            throw failed(part.step(), "claim of", part.name(), thrown);
        }
        boolean marked = found != null || part.isTransactional();
        long last = each.lastEpoch;
        if (marked && start.adopts()) {
            last = taken.epoch();
            record(part, last);
        } else {
            check(each, taken);
        }
        highest = Math.max(highest, taken.epoch());
        part.resume(taken, last, each.works);
    }

    private void check(Opened each, Marker taken) {
        if (each.part.isTransactional() && !start.adopts()) {
            new MarkerCheck(each.part, store).check(taken.epoch(), each.lastEpoch, each.works);
        }
    }

    private static List<Prepared> works(DeliveryPart part, String name, List<Work.Stored> stored) {
        TreeMap<Long, TreeMap<Integer, Object>> byEpoch = new TreeMap<>();
        for (Work.Stored each : stored) {
            byEpoch.computeIfAbsent(each.key().epoch(), epoch -> new TreeMap<>())
                    .put(each.key().place(), each.value());
        }
        List<Prepared> works = new ArrayList<>();
        byEpoch.forEach(
                (epoch, values) ->
                        works.add(new Prepared(part, name, epoch, List.copyOf(values.values()))));
        return works;
    }

    private void record(DeliveryPart part, long epoch) {
        StateEncoding encoding =
                Objects.requireNonNull(state.encodings().get(StateIds.partitions(part.step())));
        PageWriter page = encoding.newWriter();
        change(encoding, page, part.name(), new Progress(epoch, part.owner().step()));
        adopted.add(page.toPage());
    }

    private StateEncoding deliveries(CoreStep step) {
        return Objects.requireNonNull(state.encodings().get(StateIds.deliveries(step)));
    }

    private static void change(
            StateEncoding encoding, PageWriter page, Object key, @Nullable Object value) {
        encoding.add(page, key, value, new ByteOutput(), new ByteOutput());
    }

    private void abortBeyond(DeliveryPart part, long epoch) {
        if (part.partition() instanceof TwoPhasePartition<?, ?> partition) {
            try {
                openings.make(
                        part.step(),
                        "abortBeyond of partition '" + part.name() + "'",
                        () -> {
                            partition.abortBeyond(epoch);
                            return part;
                        });
            } catch (Throwable thrown) {
                throw failed(part.step(), "abortBeyond of", part.name(), thrown);
            }
        }
    }

    private static DataflowException failed(
            CoreStep step, String call, String part, Throwable thrown) {
        StepChecks checks = new StepChecks(step);
        return thrown instanceof FencedException fenced
                ? checks.fenced(fenced)
                : checks.threw(call + " partition '" + part + "'", thrown);
    }

    private Map<String, List<Work.Stored>> stored(CoreStep step) {
        Map<String, List<Work.Stored>> stored = new HashMap<>();
        for (RestoredState.Entry entry : state.entries(StateIds.deliveries(step))) {
            DeliveryKey key = (DeliveryKey) entry.key();
            stored.computeIfAbsent(key.partition(), name -> new ArrayList<>())
                    .add(new Work.Stored(key, entry.value()));
        }
        return stored;
    }

    private ItemCoding items(
            CoreStep step, EpochSink<?> sink, Map<String, List<Work.Stored>> stored) {
        StateCodec codec = setup.itemCodec(step, sink);
        Map<Integer, StateReader> readers = new HashMap<>();
        SchemaChanges changes = new SchemaChanges();
        for (List<Work.Stored> each : stored.values()) {
            for (Work.Stored entry : each) {
                int schema = ((OutboxEntry) entry.value()).schema();
                readers.computeIfAbsent(
                        schema, number -> reader(codec, step, store.schema(number), changes));
            }
        }
        changes.warn(
                "; if a component was renamed, stop, and run the dataflow as it was until they are"
                        + " committed");
        int today = store.schemaId(codec.schemaText());
        readers.put(today, reader(codec, step, codec.schemaText(), changes));
        return new ItemCoding(codec, today, readers);
    }

    private static StateReader reader(
            StateCodec codec, CoreStep step, String schemaText, SchemaChanges changes) {
        String subject = "items of step '" + step.userStep() + "' that are to be committed";
        SchemaVerdict verdict = codec.reader(schemaText);
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            return compatible.reader();
        }
        if (verdict instanceof SchemaVerdict.Adapted adapted) {
            changes.add(subject, adapted.changes());
            return adapted.reader();
        }
        throw new DataflowException(
                step.userStep(), ((SchemaVerdict.Incompatible) verdict).message(subject), null);
    }

    /*
     * Outboxes that no decided epoch refers to. Of a sink that was removed, rejected items may still be to become dead
     * letters, so that nothing is swept then.
     */
    private void sweep() {
        if (orphans.stream().anyMatch(StateIds::isDeliveries)) {
            return;
        }
        Set<String> known = new HashSet<>();
        for (List<Opened> all : opened.values()) {
            for (Opened each : all) {
                known.addAll(each.part.resumedSegments());
            }
        }
        List<String> names = store.segments().names();
        /* If this execution hung until now, what it finds may be another's, which has taken over. */
        store.checkNotTakenOver();
        for (String name : names) {
            if (!known.contains(name)) {
                store.segments().delete(name);
            }
        }
    }
}
