package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.plan.Plan;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.run.check.StepChecks;
import dev.waxwing.state.StatefulSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each epoch records of the settings that stored state depends on. Immutable. */
final class SettingNotes {

    private static final String SETTINGS = "settings of ";

    private final Map<StateId, Map<String, String>> today = new HashMap<>();

    SettingNotes(Plan plan) {
        for (CoreStep step : plan.coreSteps()) {
            StatefulSpec<?, ?, ?, ?> spec = step.spec();
            if (spec != null && !spec.stored().settings().isEmpty()) {
                today.put(StateIds.keys(step, spec), spec.stored().settings());
            }
        }
    }

    /** The notes of an epoch. */
    Map<String, String> notes() {
        Map<String, String> notes = new HashMap<>();
        today.forEach((id, settings) -> notes.put(SETTINGS + id.asText(), text(settings)));
        return notes;
    }

    /**
     * What has changed since a state was stored, as {@link StepChecks#changedSettings}.
     *
     * @param stored the state as it was called then
     * @param now the same as it is called today
     * @param notes of the epoch
     */
    List<String> changes(StateId stored, StateId now, Map<String, String> notes) {
        Map<String, String> before = new HashMap<>();
        for (String line : PartNotes.parted(notes.get(SETTINGS + stored.asText()))) {
            int end = line.indexOf('=');
            before.put(line.substring(0, end), line.substring(end + 1));
        }
        return StepChecks.changedSettings(before, today.getOrDefault(now, Map.of()));
    }

    private static String text(Map<String, String> settings) {
        return PartNotes.joined(
                new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .toList());
    }
}
