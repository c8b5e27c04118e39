package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.CodecRegistry;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StoreReader;
import dev.waxwing.recovery.store.StoreRemoval;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StoreAware;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the targets of a plan's sinks remember of executions, found without a store or with one that
 * is about to be removed. Confined to one thread.
 */
public final class Memories {

    private final List<Memory> found = new ArrayList<>();
    private final List<String> unable = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    private Memories() {}

    private record Memory(CoreStep step, ResettableSink sink, Owner owner, String text) {}

    /**
     * Looks at all targets, and changes nothing.
     *
     * @throws dev.waxwing.step.StepFailedException if a target cannot be asked
     */
    public static Memories of(Plan plan, StoreRemoval store) {
        Memories memories = new Memories();
        for (CoreStep step : plan.coreSteps()) {
            Sink<?> sink = step.sink();
            if (sink != null) {
                memories.look(plan, step, sink, store);
            }
        }
        store.read(reader -> memories.gone.addAll(GoneSinks.of(plan, reader)));
        return memories;
    }

    /** What there is to forget, a line each. */
    public List<String> found() {
        return found.stream().map(each -> subject(each.step) + each.text).toList();
    }

    /** Sinks whose targets may remember something and cannot be made to forget it, a line each. */
    public List<String> unable() {
        return List.copyOf(unable);
    }

    /** What is remembered of steps that the plan does not have any more, a line each. */
    public List<String> gone() {
        return List.copyOf(gone);
    }

    /**
     * Has the targets forget it, one after the other.
     *
     * @throws dev.waxwing.step.StepFailedException if one cannot; those before it have done so
     */
    public void forget() {
        for (Memory each : found) {
            try {
                each.sink.forget(each.owner);
            } catch (Throwable thrown) {
                throw new StepChecks(each.step)
                        .threw("forget of partition '" + each.owner.partition() + "'", thrown);
            }
        }
    }

    private void look(Plan plan, CoreStep step, Sink<?> sink, StoreRemoval store) {
        if (sink instanceof ResettableSink resettable) {
            Known known = Known.of(plan, step, store);
            List<String> listed = listed(step, sink);
            Set<String> parts = new LinkedHashSet<>(listed);
            parts.addAll(known.parts);
            for (String id : known.ids) {
                parts.forEach(part -> look(step, resettable, owner(id, part)));
            }
        } else if (sink instanceof EpochSink<?> || sink instanceof StoreAware<?, ?>) {
            unable.add(
                    subject(step)
                            + "its sink, "
                            + sink.getClass().getName()
                            + ", may keep markers in its target and is no ResettableSink, so that"
                            + " they have to be removed by hand");
        }
    }

    private void look(CoreStep step, ResettableSink sink, Owner owner) {
        try {
            String text = sink.remembered(owner);
            if (text != null) {
                found.add(new Memory(step, sink, owner, text));
            }
        } catch (Throwable thrown) {
            throw new StepChecks(step)
                    .threw("remembered of partition '" + owner.partition() + "'", thrown);
        }
    }

    /* A directory that is not there remembers nothing; what else is wrong is for the user to know. */
    private List<String> listed(CoreStep step, Sink<?> sink) {
        try {
            return sink instanceof EpochSink<?> epochs
                    ? epochs.listParts()
                    : ((FixedPartitionedSink<?, ?, ?>) sink).listParts();
        } catch (Throwable thrown) {
            unable.add(
                    subject(step)
                            + "its partitions cannot be listed, so that they were not looked at: "
                            + thrown.getMessage());
            return List.of();
        }
    }

    private static String subject(CoreStep step) {
        return "step '" + step.userStep() + "': ";
    }

    /* Adopts whatever it finds: the person has said so. */
    private static Owner owner(String stepId, String part) {
        return new Owner(
                UUID.randomUUID(),
                Long.MAX_VALUE,
                UUID.randomUUID(),
                marker -> true,
                true,
                stepId.substring(0, stepId.indexOf('.')),
                stepId,
                part);
    }

    /**
     * What is known of a sink's step besides what it lists now.
     *
     * @param ids under which its targets may know it
     * @param parts that it has listed before
     */
    private record Known(Set<String> ids, Set<String> parts) {

        static Known of(Plan plan, CoreStep step, StoreRemoval store) {
            Known known =
                    new Known(
                            new LinkedHashSet<>(plan.keptIds(step.userStep())),
                            new LinkedHashSet<>());
            store.read(
                    reader -> {
                        known.add(plan, step, reader);
                        return true;
                    });
            return known;
        }

        private void add(Plan plan, CoreStep step, StoreReader reader) {
            long newest = reader.decidedEpoch();
            Set<String> markedAs = new LinkedHashSet<>();
            try {
                for (EpochRecord epoch : reader.epochs()) {
                    if (epoch.epoch() == newest) {
                        add(plan, step, epoch.notes());
                        reader.restore(newest, page -> readMarks(step, reader, page, markedAs));
                    }
                }
            } catch (RecoveryException damaged) {
                /* It is removed all the same; what the sink lists is known without it. */
            }
            ids.addAll(markedAs);
        }

        private void add(Plan plan, CoreStep step, Map<String, String> notes) {
            parts.addAll(PartNotes.parted(PartNotes.listed(plan, step, notes)));
        }

        private void readMarks(
                CoreStep step, StoreReader reader, StatePage page, Set<String> markedAs) {
            boolean isOfStep =
                    ids.contains(page.state().stepPath())
                            && page.state()
                                    .stateName()
                                    .equals(StateIds.partitions(step).stateName());
            if (isOfStep
                    && StateCodec.of(Progress.class, CodecRegistry.empty())
                                    .reader(reader.schema(page.valueSchema()))
                            instanceof SchemaVerdict.Compatible progress) {
                PageCursor cursor = page.cursor();
                while (cursor.next()) {
                    byte[] value = cursor.value();
                    @Nullable String mark =
                            value == null
                                    ? null
                                    : ((Progress) progress.reader().decode(value)).markedAs();
                    if (mark != null) {
                        markedAs.add(mark);
                    }
                }
            }
        }
    }
}
