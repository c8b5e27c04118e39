package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.site.Openings;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.source.FixedPartitionedSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a plan's sources and sinks: listed once an execution, compared with what the
 * store knows.
 */
final class Parts {

    private static final String ALLOWING =
            ": in code by RecoveryOptions.withResume(Resume.newest().withChangedParts()), on"
                    + " the command line by --allow-changed-partitions";

    private final Plan plan;
    private final Openings openings;
    private final Map<Integer, List<String>> listed = new HashMap<>();

    private Parts(Plan plan, Openings openings) {
        this.plan = plan;
        this.openings = openings;
    }

    /** Asks all sources and sinks. */
    static Parts list(Plan plan, Openings openings) {
        Parts parts = new Parts(plan, openings);
        for (CoreStep step : plan.coreSteps()) {
            if (step.source() instanceof FixedPartitionedSource<?, ?> source) {
                List<String> names = parts.checked(step, source::listParts);
                if (names.isEmpty()) {
                    nothingListed(step, source.mayListNothing());
                }
            } else if (step.sink() instanceof FixedPartitionedSink<?, ?, ?> sink) {
                parts.checkSink(step, parts.checked(step, sink::listParts));
            } else if (step.sink() instanceof EpochSink<?> sink) {
                checkListed(step, parts.checked(step, sink::listParts));
            }
        }
        return parts;
    }

    private static void nothingListed(CoreStep step, boolean allowed) {
        StepChecks checks = new StepChecks(step);
        if (!allowed) {
            throw checks.nothingListed();
        }
        System.getLogger(Parts.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "step '"
                                + step.userStep()
                                + "': the source lists no partitions, so nothing is read; this is"
                                + " fine if there is nothing yet");
    }

    Plan plan() {
        return plan;
    }

    /** Makes the calls that list and open them. */
    Openings openings() {
        return openings;
    }

    /** By index of the core step. */
    Map<Integer, List<String>> byStep() {
        return listed;
    }

    /** What each epoch is to record of them. */
    PartNotes notes(RestoredState state) {
        return new PartNotes(plan, listed, state);
    }

    /**
     * Compares with what the store knows.
     *
     * @param notes of the restored epoch
     * @param dropped states of today that are given up
     * @return pages that forget vanished partitions, if that is allowed
     */
    List<StatePage> check(
            RestoredState state,
            Map<String, String> notes,
            Set<StateId> dropped,
            boolean changesAllowed) {
        List<StatePage> forgotten = new ArrayList<>();
        for (CoreStep step : plan.coreSteps()) {
            List<String> names = listed.get(step.index());
            if (names == null) {
                continue;
            }
            if (step.sink() != null && !changesAllowed) {
                checkUnchanged(step, names, PartNotes.listed(plan, step, notes));
            }
            if (!dropped.contains(StateIds.partitions(step))) {
                checkPlaced(step, state, PartNotes.placed(plan, step, notes));
            }
            List<String> vanished = vanished(step, names, state);
            if (!vanished.isEmpty()) {
                if (!changesAllowed) {
                    throw refusal(
                            step,
                            "the recovery store has positions of the partitions "
                                    + quoted(vanished)
                                    + ", but only "
                                    + quoted(names)
                                    + " were listed; bring them back, or forget their positions"
                                    + ALLOWING);
                }
                forgotten.add(
                        forgetting(
                                Objects.requireNonNull(
                                        state.encodings().get(StateIds.partitions(step))),
                                vanished));
                forgetPending(step, vanished, state).ifPresent(forgotten::add);
            }
        }
        return forgotten;
    }

    /* To read such a partition from its beginning would give its items twice to state that is there. */
    private static void checkPlaced(CoreStep step, RestoredState state, Set<String> recorded) {
        Set<String> lost = new TreeSet<>(recorded);
        for (RestoredState.Entry entry : state.entries(StateIds.partitions(step))) {
            lost.remove(entry.key());
        }
        if (!lost.isEmpty()) {
            throw refusal(
                    step,
                    "the recovery store says that it has positions of the partitions "
                            + quoted(lost)
                            + ", but there are none; it is damaged, restore its directory from a"
                            + " copy");
        }
    }

    private static void checkUnchanged(CoreStep step, List<String> names, @Nullable String before) {
        if (before != null && !before.equals(PartNotes.joined(names))) {
            throw refusal(
                    step,
                    "the sink lists the partitions "
                            + names
                            + ", but listed "
                            + PartNotes.parted(before)
                            + " before, so that keys would go elsewhere than their earlier items;"
                            + " list them as before, or allow it"
                            + ALLOWING);
        }
    }

    private static RecoveryException refusal(CoreStep step, String message) {
        return RecoveryException.ofStep(
                step.userStep(), "step '" + step.userStep() + "': " + message, null);
    }

    private static List<String> vanished(CoreStep step, List<String> names, RestoredState state) {
        Set<String> known = new HashSet<>(names);
        List<String> vanished = new ArrayList<>();
        for (RestoredState.Entry entry : state.entries(StateIds.partitions(step))) {
            if (!known.contains(entry.key())) {
                vanished.add((String) entry.key());
            }
        }
        return vanished;
    }

    /* Should the partition come back, it is read from its beginning. */
    private static Optional<StatePage> forgetPending(
            CoreStep step, List<String> vanished, RestoredState state) {
        StateId pending = StateIds.pending(step);
        List<String> places = new ArrayList<>();
        for (RestoredState.Entry entry : state.entries(pending)) {
            String place = (String) entry.key();
            if (vanished.contains(PendingItem.partitionOf(place))) {
                places.add(place);
            }
        }
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        forgetting(Objects.requireNonNull(state.encodings().get(pending)), places));
    }

    private static StatePage forgetting(StateEncoding encoding, List<String> names) {
        PageWriter page = encoding.newWriter();
        ByteOutput key = new ByteOutput();
        ByteOutput value = new ByteOutput();
        names.forEach(name -> encoding.add(page, name, null, key, value));
        return page.toPage();
    }

    private static void checkListed(CoreStep step, List<String> names) {
        if (names.isEmpty()) {
            throw new StepChecks(step)
                    .failed("the sink listed no partitions; it needs at least one", null);
        }
    }

    private void checkSink(CoreStep step, List<String> names) {
        checkListed(step, names);
        if (!step.keyed() && names.size() > 1) {
            throw new StepChecks(step)
                    .failed(
                            "a sink of "
                                    + names.size()
                                    + " partitions needs a keyed stream to choose between them;"
                                    + " call keyOn before output",
                            null);
        }
    }

    private List<String> checked(CoreStep step, Openings.Call<List<String>> listing) {
        List<String> names;
        try {
            names = List.copyOf(openings.make(step, "listParts", listing));
        } catch (Throwable thrown) {
            throw new StepChecks(step).threw("listParts", thrown);
        }
        if (new HashSet<>(names).size() != names.size()) {
            throw new StepChecks(step)
                    .failed(
                            "listParts returned a name twice: " + names + "; names must differ",
                            null);
        }
        listed.put(step.index(), names);
        return names;
    }

    private static String quoted(Collection<String> names) {
        return names.isEmpty() ? "none" : "'" + String.join("', '", names) + "'";
    }
}
