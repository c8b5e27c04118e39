package dev.waxwing.simulation.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.simulation.windows.WindowTrial.Kind;
import dev.waxwing.simulation.windows.WindowTrial.Time;
import dev.waxwing.simulation.windows.WindowsByDefinition.Taken;
import dev.waxwing.simulation.windows.WindowsByDefinition.Window;
import dev.waxwing.windowing.LateValue;
import dev.waxwing.windowing.WindowOptions.Order;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.WindowResult.Timing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Holds what a window step gave one key against what it should give. */
final class Expectation {

    private final WindowTrial trial;
    private final WindowsByDefinition definition;
    private final String key;
    private final List<WindowResult<String>> results;
    private final List<LateValue<Reading>> late;
    private final List<WindowResult.Metadata> closed;

    Expectation(WindowTrial trial, WindowOutcome outcome, String key) {
        this.trial = trial;
        this.definition = new WindowsByDefinition(trial, key);
        this.key = key;
        this.results = outcome.results(key);
        this.late = outcome.late(key);
        this.closed = outcome.closed(key);
    }

    void check() {
        Set<Integer> lateNumbers = checkLate();
        List<Window> windows = definition.windows(lateNumbers);
        checkClosed(windows);
        checkResults(windows);
    }

    /* Once for each window that it would have been in. */
    private Set<Integer> checkLate() {
        Set<Integer> numbers = new LinkedHashSet<>();
        late.forEach(each -> numbers.add(each.value().number()));
        assertThat(numbers)
                .as("late values of %s", key)
                .containsAll(definition.certainlyLate())
                .isSubsetOf(definition.possiblyLate());
        if (trial.time() != Time.STREAM) {
            assertThat(List.copyOf(numbers)).as("order of late values of %s", key).isSorted();
        }
        List<LateValue<Reading>> expected = new ArrayList<>();
        for (int number : numbers) {
            Reading reading = reading(number);
            definition.lateIds(reading).forEach(id -> expected.add(new LateValue<>(id, reading)));
        }
        assertThat(late).as("late values of %s", key).isEqualTo(expected);
        return numbers;
    }

    /* Each once, in the order of their ends, with ids that are used once. */
    private void checkClosed(List<Window> windows) {
        assertThat(closed.stream().map(this::bounds).toList())
                .as("closed windows of %s", key)
                .isEqualTo(windows.stream().map(Expectation::bounds).toList());
        if (trial.kind() == Kind.SESSIONS) {
            List<Long> ids = new ArrayList<>();
            for (WindowResult.Metadata window : closed) {
                ids.add(window.windowId());
                ids.addAll(window.mergedIds());
            }
            assertThat(ids)
                    .as("sessions of %s, with those that became part of others", key)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, ids.size()).boxed().toList());
        }
    }

    private List<Long> bounds(WindowResult.Metadata window) {
        long id = trial.kind() == Kind.SESSIONS ? 0 : window.windowId();
        return List.of(id, window.openMicros(), window.closeMicros());
    }

    private static List<Long> bounds(Window window) {
        return List.of(window.id(), window.open(), window.close());
    }

    // ---- results

    private void checkResults(List<Window> windows) {
        Set<Long> lasting = new LinkedHashSet<>();
        for (int i = 0; i < windows.size(); i++) {
            long id = closed.get(i).windowId();
            lasting.add(id);
            checkResults(
                    windows.get(i),
                    results.stream().filter(result -> result.windowId() == id).toList());
        }
        if (trial.kind() != Kind.SESSIONS) {
            assertThat(results)
                    .as("results of %s", key)
                    .allMatch(r -> lasting.contains(r.windowId()));
        }
        assertThat(held())
                .as("windows of which somebody holds a result, of %s", key)
                .isEqualTo(lasting);
        if (trial.lateness().isZero()) {
            assertThat(results.stream().filter(r -> r.timing() == Timing.ON_TIME).toList())
                    .as("results of %s in order of the windows' ends", key)
                    .extracting(WindowResult::windowId)
                    .containsExactlyElementsOf(lasting);
            assertThat(results)
                    .as("results of %s", key)
                    .noneMatch(r -> r.timing() == Timing.UPDATE);
        }
    }

    /* What is left to whoever keeps the last result of each window. */
    private Set<Long> held() {
        Set<Long> held = new HashSet<>();
        for (WindowResult<String> result : results) {
            if (result.isWithdrawal()) {
                assertThat(held.remove(result.windowId())).as("%s of %s", result, key).isTrue();
            } else {
                held.add(result.windowId());
            }
        }
        return held;
    }

    private void checkResults(Window window, List<WindowResult<String>> given) {
        String what = "results of " + key + " for " + window;
        assertThat(given).as(what).isNotEmpty();
        WindowResult<String> last = given.get(given.size() - 1);
        assertThat(List.of(last.openMicros(), last.closeMicros()))
                .as(what)
                .isEqualTo(List.of(window.open(), window.close()));
        if (areExact()) {
            assertThat(given.stream().map(Expectation::text).toList())
                    .as(what)
                    .isEqualTo(results(window));
            return;
        }
        checkContent(what, window, numbers(last));
        if (trial.kind() != Kind.SESSIONS) {
            checkTimings(what, given);
        }
    }

    /** Whether it follows from the readings alone which results a window gives. */
    private boolean areExact() {
        return trial.time() == Time.KEY && trial.kind() != Kind.SESSIONS && !trial.sharesPanes();
    }

    /** A result is early as long as the window has not ended, and an update after it has. */
    private List<String> results(Window window) {
        List<String> expected = new ArrayList<>();
        List<Taken> taken = window.readings();
        boolean ended = false;
        for (int count = 1; count <= taken.size(); count++) {
            List<Integer> until = window.numbers().subList(0, count);
            boolean running = taken.get(count - 1).before() < window.close();
            boolean isLastRunning =
                    count == taken.size() || taken.get(count).before() >= window.close();
            if (ended) {
                expected.add(Timing.UPDATE + " " + until);
            } else {
                if (running && trial.everyItems() > 0 && count % trial.everyItems() == 0) {
                    expected.add(Timing.EARLY + " " + until);
                }
                if (isLastRunning) {
                    expected.add(Timing.ON_TIME + " " + until);
                    ended = true;
                }
            }
        }
        return expected;
    }

    private void checkContent(String what, Window window, List<Integer> numbers) {
        if (isOrdered()) {
            assertThat(numbers).as(what).isEqualTo(window.numbers());
            return;
        }
        assertThat(numbers).as(what).containsExactlyInAnyOrderElementsOf(window.numbers());
        if (trial.order() == Order.BY_TIMESTAMP && trial.lateness().isZero()) {
            assertThat(numbers.stream().map(number -> reading(number).micros()).toList())
                    .as(what)
                    .isSorted();
        }
    }

    /*
     * What is in several partitions comes in any order. Panes are put together in order of time, and sessions
     * that become one in that of the sessions.
     */
    private boolean isOrdered() {
        if (trial.time() == Time.STREAM) {
            return false;
        }
        if (trial.order() == Order.BY_TIMESTAMP) {
            return trial.lateness().isZero();
        }
        return trial.kind() == Kind.TUMBLING
                || (trial.kind() == Kind.SLIDING && !trial.sharesPanes());
    }

    /** Early ones, then one on time, then updates, each with what the one before it has. */
    private static void checkTimings(String what, List<WindowResult<String>> given) {
        assertThat(given.stream().map(WindowResult::timing).toList()).as(what).isSorted();
        assertThat(given.stream().filter(result -> result.timing() == Timing.ON_TIME))
                .as(what)
                .hasSize(1);
        for (int i = 1; i < given.size(); i++) {
            assertThat(given.get(i).value()).as(what).startsWith(given.get(i - 1).value());
        }
    }

    private static String text(WindowResult<String> result) {
        return result.timing() + " " + numbers(result);
    }

    private static List<Integer> numbers(WindowResult<String> result) {
        return Arrays.stream(result.value().strip().split(" ", -1)).map(Integer::valueOf).toList();
    }

    private Reading reading(int number) {
        return trial.readings(key).stream()
                .filter(reading -> reading.number() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("#" + number + " is none of " + key));
    }
}
