package dev.waxwing.engine.resume;

import dev.waxwing.engine.epoch.EpochStore;
import dev.waxwing.recovery.page.StatePage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each epoch records beside its pages: partitions, settings, and for how long the dataflow has
 * been running. Confined to one thread.
 */
final class EpochNotes implements EpochStore.Notes {

    private static final String RUNNING = "running time in ms";

    private final PartNotes parts;
    private final Map<String, String> settings;
    private final long runningBefore;

    /**
     * @param runningBefore how long the dataflow had been running, in milliseconds
     */
    EpochNotes(PartNotes parts, SettingNotes settings, long runningBefore) {
        this.parts = parts;
        this.settings = settings.notes();
        this.runningBefore = runningBefore;
    }

    /** How long the dataflow had been running when an epoch was decided, in milliseconds. */
    static long runningMillis(Map<String, String> notes) {
        return Long.parseLong(notes.getOrDefault(RUNNING, "0"));
    }

    @Override
    public Map<String, String> of(List<StatePage> pages, long ranMillis) {
        Map<String, String> notes = new HashMap<>(settings);
        notes.putAll(parts.with(pages));
        notes.put(RUNNING, Long.toString(runningBefore + ranMillis));
        return notes;
    }
}
