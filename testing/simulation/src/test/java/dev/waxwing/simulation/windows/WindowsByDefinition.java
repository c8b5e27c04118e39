package dev.waxwing.simulation.windows;

import dev.waxwing.simulation.windows.WindowTrial.Kind;
import dev.waxwing.simulation.windows.WindowTrial.Time;
import dev.waxwing.windowing.Micros;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.WindowOptions.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * What comes of the readings of one key, from the definitions: a reading is late if the watermark
 * with it is ahead of it by more than the allowed lateness; all others are in the windows that span
 * their times, and a session is a run of readings with no larger gap than allowed.
 */
final class WindowsByDefinition {

    private static final long NO_WATERMARK = Long.MIN_VALUE / 2;

    private final WindowTrial trial;
    private final List<Reading> readings;
    private final long wait;
    private final long lateness;

    WindowsByDefinition(WindowTrial trial, String key) {
        this.trial = trial;
        this.readings = trial.readings(key);
        this.wait = Micros.of(trial.outOfOrder());
        this.lateness = Micros.of(trial.lateness());
    }

    /**
     * A window.
     *
     * @param id 0 for sessions, whose ids do not follow from their times
     * @param readings in the order in which they are taken
     */
    record Window(long id, long open, long close, List<Taken> readings) {

        List<Integer> numbers() {
            return readings.stream().map(taken -> taken.reading().number()).toList();
        }
    }

    /**
     * A reading that is not late.
     *
     * @param before the watermark up to which windows had closed before it was taken
     */
    record Taken(Reading reading, long before) {}

    // ---- late

    /** Readings that are late in any case. */
    Set<Integer> certainlyLate() {
        Set<Integer> late = new HashSet<>();
        if (trial.time() != Time.STREAM) {
            long watermark = NO_WATERMARK;
            for (Reading reading : readings) {
                watermark = Math.max(watermark, ownWatermark(reading));
                if (reading.micros() < watermark - lateness) {
                    late.add(reading.number());
                }
            }
        }
        return late;
    }

    /** Readings that may be late, depending on when they are processed. */
    Set<Integer> possiblyLate() {
        if (trial.time() == Time.KEY) {
            return certainlyLate();
        }
        Set<Integer> late = new HashSet<>();
        for (List<Reading> part : trial.partitions()) {
            long watermark = NO_WATERMARK;
            for (Reading reading : part) {
                watermark = Math.max(watermark, reading.micros() - wait);
                if (trial.time() == Time.KEY_AND_RUNTIME
                        || reading.micros() < watermark - lateness) {
                    late.add(reading.number());
                }
            }
        }
        return late;
    }

    /** The windows of which a late reading is told. */
    List<Long> lateIds(Reading reading) {
        return trial.kind() == Kind.SESSIONS
                ? List.of(SessionWindower.LATE_ID)
                : spans(reading.micros());
    }

    private long ownWatermark(Reading reading) {
        return Micros.isForEver(wait) ? NO_WATERMARK : reading.micros() - wait;
    }

    // ---- windows

    /** All windows, in the order in which they end, given which readings were late. */
    List<Window> windows(Set<Integer> late) {
        List<Taken> taken = taken(late);
        return trial.kind() == Kind.SESSIONS ? sessions(taken) : spans(taken);
    }

    /* Those that wait are taken when the watermark has come to them, windows that end before them first. */
    private List<Taken> taken(Set<Integer> late) {
        List<Taken> taken = new ArrayList<>();
        List<Reading> waiting = new ArrayList<>();
        long watermark = NO_WATERMARK;
        for (Reading reading : readings) {
            long before = watermark;
            watermark = Math.max(watermark, ownWatermark(reading));
            if (late.contains(reading.number())) {
                continue;
            }
            if (trial.order() == Order.AS_THEY_COME || reading.micros() < watermark) {
                taken.add(new Taken(reading, before));
            } else {
                waiting.add(reading);
            }
            takeDue(waiting, watermark, taken);
        }
        takeDue(waiting, Micros.END_OF_TIME, taken);
        return taken;
    }

    private static void takeDue(List<Reading> waiting, long watermark, List<Taken> taken) {
        waiting.stream()
                .filter(reading -> reading.micros() <= watermark)
                .sorted(Comparator.comparingLong(Reading::micros))
                .forEach(reading -> taken.add(new Taken(reading, reading.micros())));
        waiting.removeIf(reading -> reading.micros() <= watermark);
    }

    private List<Window> spans(List<Taken> taken) {
        var byId = new TreeMap<Long, List<Taken>>();
        for (Taken each : taken) {
            for (long id : spans(each.reading().micros())) {
                byId.computeIfAbsent(id, none -> new ArrayList<>()).add(each);
            }
        }
        List<Window> windows = new ArrayList<>();
        byId.forEach(
                (id, of) ->
                        windows.add(new Window(id, open(id), open(id) + trial.lengthMicros(), of)));
        return windows;
    }

    /** The windows that a time is in: from those that have opened the ones that are not over. */
    private List<Long> spans(long micros) {
        long id = Math.floorDiv(micros - Micros.of(trial.alignTo()), trial.offsetMicros());
        List<Long> ids = new ArrayList<>();
        for (; micros < open(id) + trial.lengthMicros(); id--) {
            ids.add(0, id);
        }
        return ids;
    }

    private long open(long id) {
        return Micros.of(trial.alignTo()) + id * trial.offsetMicros();
    }

    private List<Window> sessions(List<Taken> taken) {
        List<Reading> byTime =
                taken.stream()
                        .map(Taken::reading)
                        .sorted(Comparator.comparingLong(Reading::micros))
                        .toList();
        List<Window> sessions = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= byTime.size(); i++) {
            if (i == byTime.size()
                    || byTime.get(i).micros() - byTime.get(i - 1).micros() > trial.lengthMicros()) {
                List<Reading> run = byTime.subList(from, i);
                sessions.add(
                        new Window(
                                0,
                                run.get(0).micros(),
                                run.get(run.size() - 1).micros(),
                                taken.stream()
                                        .filter(each -> run.contains(each.reading()))
                                        .toList()));
                from = i;
            }
        }
        return sessions;
    }
}
