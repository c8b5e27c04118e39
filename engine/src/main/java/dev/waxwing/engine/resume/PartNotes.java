package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.worker.StateEncoding;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.codec.ByteOutput;
import dev.waxwing.recovery.page.PageCursor;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each epoch records of partitions: all that a step lists, and those of them that have no
 * position yet. So one that has lost its position is told from one that never had any. Confined to
 * one thread.
 */
final class PartNotes {

    private static final String LISTED = "parts of ";
    private static final String UNPLACED = "parts without position of ";

    private final Map<String, String> listed = new HashMap<>();
    private final Map<StateId, Unplaced> unplaced = new HashMap<>();

    private record Unplaced(String stepId, Map<ByteBuffer, String> names) {}

    /**
     * @param parts the partitions that are listed, by index of the core step
     */
    PartNotes(Plan plan, Map<Integer, List<String>> parts, RestoredState state) {
        for (CoreStep step : plan.coreSteps()) {
            List<String> names = parts.get(step.index());
            if (names != null) {
                listed.put(LISTED + step.userStep(), joined(names));
                add(step, names, state);
            }
        }
    }

    /** The notes of an epoch that writes some pages. */
    Map<String, String> with(List<StatePage> pages) {
        for (StatePage page : pages) {
            Unplaced without = unplaced.get(page.state());
            if (without != null) {
                PageCursor cursor = page.cursor();
                while (cursor.next()) {
                    without.names.remove(ByteBuffer.wrap(cursor.key()));
                }
            }
        }
        unplaced.values().removeIf(each -> each.names.isEmpty());
        Map<String, String> notes = new HashMap<>(listed);
        for (Unplaced each : unplaced.values()) {
            notes.put(UNPLACED + each.stepId, joined(each.names.values()));
        }
        return notes;
    }

    /** What a step listed when an epoch was decided, as text; null if that does not tell. */
    static @Nullable String listed(Plan plan, CoreStep step, Map<String, String> notes) {
        for (String id : plan.keptIds(step.userStep())) {
            String kept = notes.get(LISTED + id);
            if (kept != null) {
                return kept;
            }
        }
        return null;
    }

    /** The partitions of a step of which an epoch has a position, as its notes say. */
    static Set<String> placed(Plan plan, CoreStep step, Map<String, String> notes) {
        Set<String> placed = new HashSet<>();
        for (String id : plan.keptIds(step.userStep())) {
            placed.addAll(parted(notes.get(LISTED + id)));
            placed.removeAll(parted(notes.get(UNPLACED + id)));
        }
        return placed;
    }

    /** Some names as one text. */
    static String joined(Iterable<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.length() == 0 ? "" : "\n")
                    .append(name.replace("\\", "\\\\").replace("\n", "\\n"));
        }
        return text.toString();
    }

    /** The names that {@link #joined} made a text of. */
    static List<String> parted(@Nullable String text) {
        return text == null || text.isEmpty()
                ? List.of()
                : Stream.of(text.split("\n", -1)).map(PartNotes::unescaped).toList();
    }

    private static String unescaped(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                c = name.charAt(++i) == 'n' ? '\n' : '\\';
            }
            text.append(c);
        }
        return text.toString();
    }

    private void add(CoreStep step, List<String> names, RestoredState state) {
        StateId id = StateIds.partitions(step);
        StateEncoding encoding = state.encodings().get(id);
        if (encoding == null) {
            return;
        }
        Set<Object> placed = new HashSet<>();
        for (RestoredState.Entry entry : state.entries(id)) {
            placed.add(entry.key());
        }
        Map<ByteBuffer, String> without = new LinkedHashMap<>();
        for (String name : names) {
            if (!placed.contains(name)) {
                ByteOutput key = new ByteOutput();
                encoding.keys().encode(name, key);
                without.put(ByteBuffer.wrap(key.toByteArray()), name);
            }
        }
        unplaced.put(id, new Unplaced(step.userStep(), without));
    }
}
