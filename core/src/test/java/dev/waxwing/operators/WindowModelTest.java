package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.KeyedStream;
import dev.waxwing.Operator;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Order;
import dev.waxwing.operators.WindowCase.Event;
import dev.waxwing.operators.WindowModel.Late;
import dev.waxwing.operators.WindowModel.Window;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.WindowResult.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random courses of events at one key, held against {@link WindowModel}. */
final class WindowModelTest {

    private static final long SEEDS = Boolean.getBoolean("waxwing.slow") ? 1_000_000 : 10_000;
    private static final long FEWER_SEEDS = SEEDS / 5;

    @Test
    void windowsWithALogicEachAreThoseOfTheModel() {
        eachSeed(
                given ->
                        expectModel(given, run(collecting(given), options(given), given.events())));
    }

    @Test
    void windowsThatSharePanesAreThoseOfTheModel() {
        eachSeed(given -> expectModel(given, run(folding(given), options(given), given.events())));
    }

    @Test
    void lastResultsWithAllowedLatenessAreThoseOfTheModel() {
        eachSeed(
                given -> {
                    Duration lateness = given.length().plus(given.offset());
                    var driver =
                            run(
                                    folding(given),
                                    options(given).withAllowedLateness(lateness),
                                    given.events());

                    expectUpdates(given, new WindowModel(given, lateness), driver);
                });
    }

    @Test
    void lastResultsWithAnotherLatenessInEachExecutionAreThoseOfTheModel() {
        eachSeed(
                given -> {
                    Duration some = given.length().plus(given.offset());
                    List<Duration> lateness =
                            List.of(Duration.ZERO, some, Duration.ZERO, some.multipliedBy(3), some);
                    List<WindowOptions> options =
                            lateness.stream().map(options(given)::withAllowedLateness).toList();
                    var driver = run(folding(given), options, given.events());

                    expectUpdates(given, new WindowModel(given, lateness), driver);
                });
    }

    @Test
    void resultsWithEarlyOnesInSomeExecutionsAreThoseOfTheModel() {
        eachSeed(
                given -> {
                    var early = options(given).withEarlyResultEvery(2);
                    var options = List.of(options(given), early, options(given));
                    var driver = run(folding(given), options, given.events());

                    driver.down.removeIf(each -> each.timing() != Timing.ON_TIME);
                    expectModel(given, driver);
                });
    }

    @Test
    void earlyResultsAreWhatTheModelsWindowsBeginWith() {
        var timings = EnumSet.noneOf(Timing.class);
        eachSeed(
                given -> {
                    var every = 1 + given.events().size() % 3;
                    var options = options(given).withEarlyResultEvery(every);
                    var driver = run(folding(given), options, given.events());

                    driver.down.forEach(each -> timings.add(each.timing()));
                    expectEarly(given, every, driver);
                    driver.down.removeIf(each -> each.timing() != Timing.ON_TIME);
                    expectModel(given, driver);
                });
        assertThat(timings)
                .containsExactlyInAnyOrder(Timing.EARLY, Timing.ON_TIME, Timing.WITHDRAWN);
    }

    @Test
    void whoKeepsTheLastResultOfEachWindowHoldsTheModels() {
        var withdrawn = new AtomicInteger();
        eachSeed(
                FEWER_SEEDS,
                given -> {
                    Duration lateness = given.length().plus(given.offset());
                    var every = given.events().size() % 3;
                    var options =
                            options(given)
                                    .withAllowedLateness(lateness)
                                    .withEarlyResultEvery(every);
                    var driver = run(folding(given), options, given.events());

                    assertThat(driver.held().values().stream().map(WindowModelTest::sorted))
                            .containsExactlyInAnyOrderElementsOf(
                                    new WindowModel(given, lateness)
                                            .windows().stream()
                                                    .map(window -> sorted(window.numbers()))
                                                    .toList());
                    expectWithdrawals(driver);
                    withdrawn.addAndGet(
                            (int) driver.down.stream().filter(WindowResult::isWithdrawal).count());
                });
        assertThat(withdrawn.get()).isPositive();
    }

    /* Once, of a window that has given results and gives no more. */
    private static void expectWithdrawals(WindowDriver<Event.Value, List<Integer>> driver) {
        for (WindowResult<List<Integer>> each : driver.down) {
            if (each.isWithdrawal()) {
                var ofWindow =
                        driver.down.stream()
                                .filter(other -> other.windowId() == each.windowId())
                                .toList();
                assertThat(ofWindow).hasSizeGreaterThan(1).endsWith(each);
                assertThat(ofWindow.stream().filter(WindowResult::isWithdrawal)).hasSize(1);
            }
        }
    }

    @Test
    void firstOfEqualsIsTheFirstTakenWhateverTheOptionsPanesAndRestarts() {
        eachSeed(
                FEWER_SEEDS,
                given -> {
                    var every = 1 + given.events().size() % 3;
                    for (WindowOptions options :
                            List.of(options(given), options(given).withEarlyResultEvery(every))) {
                        expectChoice(given, run(least(given), options, given.events()), 1);
                        expectChoice(given, run(greatest(given), options, given.events()), -1);
                    }
                    var changing =
                            List.of(options(given), options(given).withEarlyResultEvery(every));
                    expectChoice(given, run(least(given), changing, given.events()), 1);
                    expectChoice(given, run(greatest(given), changing, given.events()), -1);
                });
    }

    private static Operator<
                    KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, Event.Value>>
            least(WindowCase given) {
        return Windows.min(given.clock(), given.windower(), Order.by(WindowModelTest::remainder));
    }

    private static Operator<
                    KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, Event.Value>>
            greatest(WindowCase given) {
        return Windows.max(given.clock(), given.windower(), Order.by(WindowModelTest::remainder));
    }

    private static int remainder(Event.Value value) {
        return value.number() % 3;
    }

    private static void expectChoice(
            WindowCase given, WindowDriver<Event.Value, Event.Value> driver, int sign) {
        var taken = given.events().stream().filter(Event.Value.class::isInstance);
        var inOrder = new ArrayList<>(taken.map(Event.Value.class::cast).toList());
        if (given.order() == WindowOptions.Order.BY_TIMESTAMP) {
            inOrder.sort(Comparator.comparingLong(Event.Value::micros));
        }
        assertThat(
                        driver.down.stream()
                                .filter(each -> each.timing() == Timing.ON_TIME)
                                .map(each -> each.value().number()))
                .isEqualTo(
                        new WindowModel(given, Duration.ZERO)
                                .windows().stream()
                                        .map(window -> chosen(window, inOrder, sign))
                                        .toList());
    }

    private static int chosen(Window window, List<Event.Value> inOrder, int sign) {
        Event.Value chosen = null;
        for (Event.Value each : inOrder) {
            boolean isIn = window.numbers().contains(each.number());
            if (isIn
                    && (chosen == null
                            || sign * Integer.compare(remainder(each), remainder(chosen)) < 0)) {
                chosen = each;
            }
        }
        return Objects.requireNonNull(chosen).number();
    }

    @Test
    void sumDependsNeitherOnEarlyResultsNorOnPanesNorOnRestarts() {
        eachSeed(
                FEWER_SEEDS,
                given -> {
                    var every = 1 + given.events().size() % 3;
                    for (WindowOptions options :
                            List.of(options(given), options(given).withEarlyResultEvery(every))) {
                        var driver = run(summing(given), options, given.events());

                        assertThat(
                                        driver.down.stream()
                                                .filter(each -> each.timing() == Timing.ON_TIME)
                                                .map(each -> each.value().number()))
                                .isEqualTo(
                                        new WindowModel(given, Duration.ZERO)
                                                .windows().stream()
                                                        .map(WindowModelTest::sum)
                                                        .toList());
                    }
                });
    }

    private static Operator<
                    KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, Event.Value>>
            summing(WindowCase given) {
        return Windows.reduce(
                given.clock(),
                given.windower(),
                (left, right) -> new Event.Value(left.number() + right.number(), left.at()));
    }

    private static int sum(Window window) {
        return window.numbers().stream().mapToInt(Integer::intValue).sum();
    }

    /* Sessions become one: what was early in two of them is early in none. */
    private static void expectEarly(
            WindowCase given, int every, WindowDriver<Event.Value, List<Integer>> driver) {
        for (WindowResult<List<Integer>> last : driver.down) {
            if (last.timing() != Timing.ON_TIME) {
                continue;
            }
            var early =
                    driver.down.stream()
                            .filter(each -> each.windowId() == last.windowId())
                            .filter(each -> each.timing() == Timing.EARLY)
                            .map(WindowResult::value)
                            .toList();
            if (given.hasSessions()) {
                assertThat(early).allMatch(each -> last.value().containsAll(each));
            } else {
                assertThat(early).isEqualTo(beginnings(last.value(), every));
            }
        }
    }

    private static List<List<Integer>> beginnings(List<Integer> numbers, int every) {
        return IntStream.rangeClosed(1, numbers.size() / every)
                .mapToObj(i -> numbers.subList(0, i * every))
                .toList();
    }

    private static void expectModel(
            WindowCase given, WindowDriver<Event.Value, List<Integer>> driver) {
        WindowModel model = new WindowModel(given, Duration.ZERO);

        assertThat(driver.down.stream().map(each -> window(given, each)).toList())
                .isEqualTo(model.windows().stream().map(each -> comparable(given, each)).toList());
        assertThat(late(driver)).isEqualTo(model.late());
        assertThat(driver.meta.stream().map(WindowResult.Metadata::windowId).toList())
                .isEqualTo(driver.down.stream().map(WindowResult::windowId).toList())
                .doesNotHaveDuplicates();
    }

    private static void expectUpdates(
            WindowCase given, WindowModel model, WindowDriver<Event.Value, List<Integer>> driver) {
        List<Window> last = new ArrayList<>();
        for (WindowResult.Metadata closed : driver.meta) {
            var results =
                    driver.down.stream()
                            .filter(each -> each.windowId() == closed.windowId())
                            .toList();
            last.add(sorted(window(given, results.get(results.size() - 1))));
            if (!given.hasSessions()) {
                assertThat(results.get(0).timing()).isEqualTo(Timing.ON_TIME);
            }
            assertThat(results.subList(1, results.size()))
                    .allMatch(each -> each.timing() == Timing.UPDATE);
        }

        assertThat(last).isEqualTo(model.windows().stream().map(WindowModelTest::sorted).toList());
        assertThat(late(driver)).isEqualTo(model.late());
    }

    private static <R> WindowDriver<Event.Value, R> run(
            Operator<KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, R>> operator,
            WindowOptions options,
            List<Event> events) {
        return run(operator, List.of(options), events);
    }

    /* With options for the first execution, the second, and so on, over and over. */
    private static <R> WindowDriver<Event.Value, R> run(
            Operator<KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, R>> operator,
            List<WindowOptions> options,
            List<Event> events) {
        var driver = WindowDriver.of(operator, options.get(0));
        var marked = Long.MIN_VALUE;
        var execution = 0;
        for (Event event : events) {
            if (event instanceof Event.Value value) {
                driver.take(value);
            } else if (event instanceof Event.Pause pause) {
                driver.pause(pause.duration());
            } else if (event instanceof Event.Mark mark) {
                marked = Math.max(marked, mark.micros());
                driver.watermark(marked);
            } else {
                execution++;
                driver.restartAs(operator, options.get(execution % options.size()));
            }
        }
        return driver.endOfInput();
    }

    private static WindowOptions options(WindowCase given) {
        return given.order() == WindowOptions.Order.BY_TIMESTAMP
                ? WindowOptions.ordered()
                : WindowOptions.unordered();
    }

    /** Each window has a logic. */
    private static Operator<
                    KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, List<Integer>>>
            collecting(WindowCase given) {
        return Windows.collect(
                given.clock(),
                given.windower(),
                new Into<>(ArrayList::new, WindowModelTest::add, WindowModelTest::addAll));
    }

    /** Windows are made of panes, unless they are sessions. */
    private static Operator<
                    KeyedStream<String, Event.Value>, WindowOut<String, Event.Value, List<Integer>>>
            folding(WindowCase given) {
        return Windows.fold(
                given.clock(),
                given.windower(),
                ArrayList::new,
                WindowModelTest::add,
                WindowModelTest::addAll);
    }

    private static List<Integer> add(List<Integer> numbers, Event.Value value) {
        numbers.add(value.number());
        return numbers;
    }

    private static List<Integer> addAll(List<Integer> numbers, List<Integer> others) {
        numbers.addAll(others);
        return numbers;
    }

    private static Window window(WindowCase given, WindowResult<List<Integer>> result) {
        return comparable(
                given, new Window(result.openMicros(), result.closeMicros(), result.value()));
    }

    /*
     * What sessions have taken before they became one is not in order of arrival. Nor do panes keep it: they
     * are put together in order of time.
     */
    private static Window comparable(WindowCase given, Window window) {
        return given.order() == WindowOptions.Order.BY_TIMESTAMP ? window : sorted(window);
    }

    private static Window sorted(Window window) {
        return new Window(window.open(), window.close(), sorted(window.numbers()));
    }

    private static List<Integer> sorted(List<Integer> numbers) {
        return numbers.stream().sorted().toList();
    }

    private static List<Late> late(WindowDriver<Event.Value, ?> driver) {
        return driver.late.stream()
                .map(late -> new Late(late.windowId(), late.value().number()))
                .toList();
    }

    private static void eachSeed(Consumer<WindowCase> check) {
        eachSeed(SEEDS, check);
    }

    private static void eachSeed(long seeds, Consumer<WindowCase> check) {
        for (long seed = 0; seed < seeds; seed++) {
            WindowCase given = WindowCase.of(seed);
            Throwable failure = failure(check, given);
            if (failure != null) {
                WindowCase least =
                        Shrinker.least(
                                given, WindowCase::smaller, each -> failure(check, each) != null);
                throw new AssertionError(
                        "seed " + seed + " fails; so does " + least, failure(check, least));
            }
        }
    }

    private static @Nullable Throwable failure(Consumer<WindowCase> check, WindowCase given) {
        try {
            check.accept(given);
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }
}
