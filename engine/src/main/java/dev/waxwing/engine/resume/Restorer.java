package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.function.Mapper;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.StateMigration;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.Schemas;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.StoreAware.StoreFence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a resumed execution begins with, and says what cannot be read before anything flows.
 */
final class Restorer {

    private final Schemas schemas;
    private final Consumer<StatePage> gone;
    private final StoreFence fence;
    private final Map<StateId, StateEncoding> encodings;
    private final Map<String, StateMigration> migrations;
    private final Map<StateId, StateId> todayByStored = new HashMap<>();
    private final Map<StateId, Encodings.OtherForm> otherForms;
    private final Map<String, StateReader> readers = new HashMap<>();
    private final Map<String, Mapper<Object, Object>> conversions = new HashMap<>();
    private final Set<String> problems = new TreeSet<>();
    private final SchemaChanges changes = new SchemaChanges();
    private final Drops drops;
    private final SettingNotes settings;
    private final Set<StateId> orphans = new TreeSet<>();
    private final Map<String, Set<String>> unclaimed = new TreeMap<>();
    private final Set<StateId> dropped = new TreeSet<>();
    private final Set<StateId> outdated = new HashSet<>();
    private final Set<String> migrated = new HashSet<>();
    private final Map<StateId, List<RestoredState.Entry>> entries = new HashMap<>();

    /**
     * @param gone is told of what steps had yet to take that the plan does not have, and throws if
     *     that must not be lost
     */
    Restorer(
            Plan plan,
            Encodings encodings,
            StoreFence fence,
            Consumer<StatePage> gone,
            Map<String, StateMigration> migrations,
            Drops drops) {
        this.migrations = migrations;
        this.drops = drops;
        this.settings = new SettingNotes(plan);
        this.schemas = encodings.schemas();
        this.fence = fence;
        this.gone = gone;
        this.encodings = encodings.encodings();
        this.otherForms = encodings.otherForms();
        checkMigrations(plan);
        for (StateId id : this.encodings.keySet()) {
            for (String kept : plan.keptIds(id.stepPath())) {
                todayByStored.put(new StateId(kept, id.stateName()), id);
            }
        }
    }

    private void checkMigrations(Plan plan) {
        for (String stepId : new TreeSet<>(migrations.keySet())) {
            if (plan.coreSteps().stream().noneMatch(step -> step.userStep().equals(stepId))) {
                throw RecoveryException.ofStep(
                        stepId,
                        "a migration was given for step '"
                                + stepId
                                + "', which dataflow '"
                                + plan.dataflowName()
                                + "' does not have; give the full id of a step, or take the"
                                + " migration away if the step is gone",
                        null);
            }
        }
    }

    /**
     * Reads the state as of an epoch.
     *
     * @param pages all of the epoch
     * @param notes of the epoch
     */
    RestoredState read(List<StatePage> pages, Map<String, String> notes) {
        Map<StateId, StateId> found = new HashMap<>();
        for (StatePage page : pages) {
            StateId today = todayByStored.get(page.state());
            if (today == null) {
                orphan(page);
            } else {
                StateId other = found.putIfAbsent(today, page.state());
                if (other == null) {
                    checkSettings(page.state(), today, notes);
                }
                checkIsAlone(page.state(), other, today);
                check(page, encoding(today));
            }
        }
        unclaimed.forEach((step, states) -> problems.add(unclaimed(step, states)));
        if (!problems.isEmpty()) {
            throw new RecoveryException(String.join("\n", problems));
        }
        for (StatePage page : pages) {
            StateId today = todayByStored.get(page.state());
            if (today != null && !dropped.contains(page.state())) {
                decode(page, encoding(today));
            }
        }
        changes.warn(
                "; if a component was renamed, stop, and carry its value over by a migration"
                        + " function: RecoveryOptions.withMigration(...) with the id of the step");
        return new RestoredState(fence, encodings, entries, EpochNotes.runningMillis(notes));
    }

    /** States that the store has and the plan does not know. */
    Set<StateId> orphans() {
        return orphans;
    }

    /** States of the plan of which something is stored that is given up. */
    Set<StateId> dropped() {
        Set<StateId> todays = new HashSet<>();
        for (StateId stored : dropped) {
            todays.add(Objects.requireNonNull(todayByStored.get(stored)));
        }
        return todays;
    }

    /**
     * Pages that bring what was stored under an old id, or with keys in an old encoding, up to
     * date, and that remove what a step that is gone has dealt with or the user gives up.
     */
    List<StatePage> updates() {
        List<StatePage> updates = new ArrayList<>();
        Set<StateId> cleared = new TreeSet<>(orphans);
        cleared.addAll(dropped);
        cleared.addAll(outdated);
        cleared.forEach(stored -> updates.add(StatePage.clearing(stored)));
        Set<StateId> todays = new HashSet<>();
        for (StateId stored : outdated) {
            todays.add(Objects.requireNonNull(todayByStored.get(stored)));
        }
        for (StateId today : todays) {
            updates.addAll(encoded(encoding(today), entries.getOrDefault(today, List.of())));
        }
        return updates;
    }

    /* Of a state that the plan does not know: nothing of it may be lost because of a name. */
    private void orphan(StatePage page) {
        StateId stored = page.state();
        orphans.add(stored);
        if (page.entries() == 0 || drops.cover(stored)) {
            return;
        }
        if (StateIds.isDeliveries(stored) || StateIds.isUnfinished(stored)) {
            gone.accept(page);
        } else {
            unclaimed
                    .computeIfAbsent(stored.stepPath(), none -> new TreeSet<>())
                    .add("'" + stored.stateName() + "'");
        }
    }

    private static String unclaimed(String step, Set<String> states) {
        return "the store has state "
                + String.join(", ", states)
                + " of step '"
                + step
                + "', which no step of the dataflow takes; if the step was renamed, say"
                + " formerly(...) where the new one is made, or "
                + Drops.advice(step);
    }

    private static List<StatePage> encoded(StateEncoding encoding, List<RestoredState.Entry> all) {
        List<StatePage> pages = new ArrayList<>();
        PageWriter writer = encoding.newWriter();
        ByteOutput key = new ByteOutput();
        ByteOutput value = new ByteOutput();
        for (RestoredState.Entry entry : all) {
            encoding.add(writer, entry.key(), entry.value(), key, value);
            if (writer.isFull()) {
                pages.add(writer.toPage());
            }
        }
        if (writer.entries() > 0) {
            pages.add(writer.toPage());
        }
        return pages;
    }

    private StateEncoding encoding(StateId today) {
        return Objects.requireNonNull(encodings.get(today));
    }

    /** A step that was run under its new name before it said the former one has state of both. */
    private void checkIsAlone(StateId stored, @Nullable StateId other, StateId today) {
        if (other == null || other.equals(stored)) {
            return;
        }
        if (drops.cover(stored)) {
            dropped.add(stored);
        } else if (drops.cover(other)) {
            dropped.add(other);
        } else {
            problems.add(
                    today.asText()
                            + ": the store has it both of the step as it is called now and as it"
                            + " was called formerly; take formerly away to go on with that of"
                            + " today's name, go back to an epoch from before the step was renamed,"
                            + " or give up one of the two, once, by RecoveryOptions.withResume(...)"
                            + " with withDropped(\""
                            + stored.stepPath()
                            + "\") or withDropped(\""
                            + other.stepPath()
                            + "\")");
        }
    }

    private void checkSettings(StateId stored, StateId today, Map<String, String> notes) {
        List<String> changed = settings.changes(stored, today, notes);
        if (!changed.isEmpty()) {
            refuse(
                    stored,
                    today,
                    today.asText()
                            + ": "
                            + String.join("; ", changed)
                            + ", on which what is stored depends; set it back, or "
                            + Drops.advice(stored.stepPath()));
        }
    }

    /** What is stored does not fit, unless the user gives it up. */
    private void refuse(StateId stored, StateId today, String problem) {
        if (drops.cover(stored) || drops.cover(today)) {
            dropped.add(stored);
        } else {
            problems.add(problem);
        }
    }

    private void check(StatePage page, StateEncoding encoding) {
        if (!page.state().equals(encoding.id()) || page.keySchema() != encoding.keySchema()) {
            outdated.add(page.state());
        }
        reader("key of ", encoding, page, page.keySchema());
        reader("", encoding, page, page.valueSchema());
        if (migrated.contains(encoding.id().asText() + " " + page.valueSchema())) {
            outdated.add(page.state());
        }
    }

    private void reader(String part, StateEncoding encoding, StatePage page, int schema) {
        String place = part + encoding.id().asText() + " " + schema;
        if (readers.containsKey(place)) {
            return;
        }
        StateCodec codec = part.isEmpty() ? encoding.values() : encoding.keys();
        SchemaVerdict verdict = codec.reader(schemas.schema(schema));
        if (!part.isEmpty()) {
            keyReader(place, verdict, page.state(), encoding.id());
            return;
        }
        StateMigration migration = migrations.get(encoding.id().stepPath());
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            readers.put(place, compatible.reader());
        } else if (migration != null) {
            readers.put(place, codec.migratingReader(schemas.schema(schema), migration));
            migrated.add(place);
        } else if (readsOtherForm(place, encoding.id(), schemas.schema(schema))) {
            migrated.add(place);
        } else if (verdict instanceof SchemaVerdict.Adapted adapted) {
            readers.put(place, adapted.reader());
            changes.add(encoding.id().asText(), adapted.changes());
        } else if (verdict instanceof SchemaVerdict.Incompatible incompatible) {
            refuse(
                    page.state(),
                    encoding.id(),
                    incompatible.message(encoding.id().asText())
                            + ", or "
                            + Drops.advice(page.state().stepPath()));
        }
    }

    /* Only if all of it fits: two records without anything in common can be read as each other. */
    private boolean readsOtherForm(String place, StateId today, String schemaText) {
        Encodings.OtherForm form = otherForms.get(today);
        if (form == null) {
            return false;
        }
        SchemaVerdict verdict = form.codec().reader(schemaText);
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            readers.put(place, compatible.reader());
        } else if (verdict instanceof SchemaVerdict.Adapted adapted && adapted.keepsValues()) {
            readers.put(place, adapted.reader());
        } else {
            return false;
        }
        conversions.put(place, form.conversion());
        return true;
    }

    /* A key that lost or got a part is another key, of which nothing would be found. */
    private void keyReader(String place, SchemaVerdict verdict, StateId stored, StateId today) {
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            readers.put(place, compatible.reader());
        } else if (verdict instanceof SchemaVerdict.Adapted adapted && adapted.keepsValues()) {
            readers.put(place, adapted.reader());
        } else {
            refuse(
                    stored,
                    today,
                    "key of "
                            + today.asText()
                            + ": "
                            + String.join("; ", verdict.changes())
                            + ", so that nothing that is stored would be found; restore the old"
                            + " type of the key, or "
                            + Drops.advice(stored.stepPath()));
        }
    }

    private void decode(StatePage page, StateEncoding encoding) {
        String subject = encoding.id().asText() + " ";
        StateReader keys =
                Objects.requireNonNull(readers.get("key of " + subject + page.keySchema()));
        StateReader values = Objects.requireNonNull(readers.get(subject + page.valueSchema()));
        List<RestoredState.Entry> all =
                entries.computeIfAbsent(encoding.id(), id -> new ArrayList<>());
        Mapper<Object, Object> conversion = conversions.get(subject + page.valueSchema());
        PageCursor cursor = page.cursor();
        while (cursor.next()) {
            Object key = keys.decode(page.data(), cursor.keyOffset(), cursor.keyLength());
            Object value = value(page, cursor, values, key, encoding.id());
            all.add(
                    new RestoredState.Entry(
                            key, conversion == null ? value : converted(conversion, value)));
        }
    }

    private static Object converted(Mapper<Object, Object> conversion, Object value) {
        try {
            return conversion.map(value);
        } catch (Exception e) {
            throw new RecoveryException("a state cannot be brought into today's form: " + e, e);
        }
    }

    private static Object value(
            StatePage page, PageCursor cursor, StateReader values, Object key, StateId id) {
        try {
            return values.decode(page.data(), cursor.valueOffset(), cursor.valueLength());
        } catch (RecoveryException e) {
            throw RecoveryException.ofStep(
                    id.stepPath(),
                    id.asText() + ", key '" + StepChecks.shown(key) + "': " + e.getMessage(),
                    e.getCause() == null ? e : e.getCause());
        }
    }
}
