package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.segment.SegmentReader;
import dev.waxwing.recovery.store.RecoveryStore;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.Owner.KnownMarkers;
import dev.waxwing.sink.StoreAware;
import dev.waxwing.step.DeliveryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The claims of all partitions of epoch sinks by one execution, before anything is read: looks at
 * all before it claims the first, and takes care of what partitions that are gone have left.
 */
final class Claims {

    private final Parts parts;
    private final RecoveryStore store;
    private final Fence fence;
    private final RestoredState state;
    private final Encodings encodings;
    private final Claimed given;
    private final KnownMarkers known;
    private final Map<Integer, List<PartClaim>> claims = new TreeMap<>();
    private final Map<Integer, StoredParts> stored = new TreeMap<>();
    private final Map<String, String> stepByMark = new HashMap<>();
    private final List<StatePage> adopted = new ArrayList<>();
    private long highest;

    /**
     * @param given is told of all partitions that are opened
     */
    Claims(Parts parts, Fence fence, RestoredState state, Encodings encodings, Claimed given) {
        this.parts = parts;
        this.store = fence.store();
        this.fence = fence;
        this.state = state;
        this.encodings = encodings;
        this.given = given;
        long highestBefore = store.highestEpoch();
        this.highest = highestBefore;
        this.known =
                found ->
                        found.epoch() <= highestBefore
                                && store.hadExecution(found.generation(), found.owner());
    }

    /**
     * Claims all. If a target is down or must not be claimed, the store is as it was; what was
     * claimed by then is known to be so by {@link Claimed}.
     */
    void claimAll() {
        for (CoreStep step : parts.plan().coreSteps()) {
            if (step.sink() instanceof EpochSink<?> sink) {
                open(step, sink);
            }
        }
        look();
        claims.values().forEach(all -> all.forEach(this::claim));
        claims.forEach(this::leaveToHeirs);
    }

    /** Has all targets forget what they have staged in epochs that do not count any more. */
    void abortBeyond(long epoch) {
        claims.values().forEach(all -> all.forEach(claim -> claim.abortBeyond(epoch)));
    }

    /** Deletes outboxes that no decided epoch refers to. */
    void sweep() {
        Set<String> known = new HashSet<>();
        for (List<PartClaim> all : claims.values()) {
            all.forEach(claim -> known.addAll(claim.part().resumedSegments()));
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

    /** By index of the core step, in the order of its partitions. */
    Map<Integer, List<DeliveryPart>> byStep() {
        Map<Integer, List<DeliveryPart>> byStep = new HashMap<>();
        claims.forEach((step, all) -> byStep.put(step, all.stream().map(PartClaim::part).toList()));
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
        StoredParts known = new StoredParts(step, sink, state, encodings);
        List<String> listed = listed(step);
        checkHasPlace(step, listed, known);
        known.works().values().forEach(this::checkOutboxes);
        List<PartClaim> all = new ArrayList<>();
        for (String name : listed) {
            DeliveryPart part =
                    new DeliveryPart(
                            step,
                            owner(step, name, known.progress(name)),
                            PartClaim.open(step, sink, name, parts.openings()),
                            known.items(),
                            store.segments(),
                            given.size());
            given.add(part);
            all.add(new PartClaim(part, known, store.doneEpoch(), parts.openings()));
        }
        claims.put(step.index(), all);
        stored.put(step.index(), known);
    }

    private List<String> listed(CoreStep step) {
        return Objects.requireNonNull(parts.byStep().get(step.index()));
    }

    /*
     * A claim cannot be taken back without a trace if the process ends in between, and what others that are alive have
     * staged is swept after it. So all that can be found is found here.
     */
    private void look() {
        claims.values().forEach(all -> all.forEach(PartClaim::look));
        for (CoreStep step : parts.plan().coreSteps()) {
            if (step.sink() instanceof StoreAware<?, ?> sink) {
                check(step, sink);
            }
        }
    }

    @SuppressWarnings("unchecked") // the position is of the sink, or the schema would not fit
    private void check(CoreStep step, StoreAware<?, ?> sink) {
        Map<Object, Object> positions = new HashMap<>();
        state.entries(StateIds.partitions(step))
                .forEach(entry -> positions.put(entry.key(), entry.value()));
        for (String name : listed(step)) {
            try {
                parts.openings()
                        .make(
                                step,
                                "opening partition '" + name + "'",
                                () -> {
                                    ((StoreAware<?, Object>) sink)
                                            .check(name, positions.get(name), fence);
                                    return name;
                                });
            } catch (Throwable thrown) {
                throw PartClaim.failed(step, "opening", name, thrown);
            }
        }
    }

    private void claim(PartClaim each) {
        each.claim();
        highest = Math.max(highest, each.heldEpoch());
        if (each.isAdopted()) {
            record(each.part(), each.heldEpoch());
        }
    }

    private void leaveToHeirs(Integer step, List<PartClaim> all) {
        DeliveryPart heir = all.get(0).part();
        StoredParts left = Objects.requireNonNull(stored.get(step));
        List<String> listed = listed(heir.step());
        for (String name : left.works().keySet()) {
            if (!listed.contains(name)) {
                leaveTo(heir, left.works(heir, name));
            }
        }
    }

    private void checkHasPlace(CoreStep step, List<String> listed, StoredParts known) {
        if (fence.adopts()) {
            return;
        }
        Undelivered undelivered = new Undelivered(store);
        known.works()
                .forEach(
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
    private void leaveTo(DeliveryPart heir, List<Prepared> works) {
        List<Prepared> done = new ArrayList<>();
        PageWriter givenUp = deliveries(heir.step()).newWriter();
        for (Prepared work : works) {
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
            if (isUndone && !fence.adopts() && work.value() instanceof OutboxEntry outbox) {
                try (SegmentReader reader = store.segments().open(outbox.segment())) {
                    reader.check();
                }
            }
        }
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
                fence.adopts(),
                markedAs.substring(0, markedAs.indexOf('.')),
                markedAs,
                name);
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
}
