package dev.waxwing.examples;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.pause;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Sides.Row2;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Sided;
import dev.waxwing.join.Timestamps;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.testing.ManualClock;
import dev.waxwing.testing.TestRun;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import dev.waxwing.windowing.Windower;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the guide says of windows. */
final class WindowGuideTest {

    // region tap
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Windower<?> MINUTES = TumblingWindower.of(ofMinutes(1)).alignedTo(START);

    record Tap(String user, int second) {
        Instant at() {
            return START.plusSeconds(second);
        }
    }

    // endregion

    // region flow
    static Dataflow taps(Source<Tap> taps, Clock<Tap, ?> clock, Sink<String> out) {
        var flow = Dataflow.named("taps");
        var minutes =
                flow.input("taps", taps)
                        .watermark("time", Tap::at, WatermarkOptions.outOfOrderBy(ofSeconds(5)))
                        .keyOn("user", Tap::user)
                        .countWindow("minutes", clock, MINUTES);
        minutes.down()
                .map("count", (user, window) -> user + " " + window.open() + " " + window.value())
                .merge("all", minutes.late().map("late", (user, late) -> "late " + late.value()))
                .output("out", out);
        return flow;
    }

    // endregion

    // region late
    @Test
    void tapBehindTheWatermarkIsLate() {
        var source = TestSource.of(new Tap("ada", 10), new Tap("ada", 66), new Tap("ada", 20));
        var out = new TestSink<String>();

        TestRun.of(taps(source, EventClock.of(Tap::at, ofSeconds(5)), out)).run();

        assertThat(out.committed())
                .containsExactly(
                        "ada 2026-01-01T00:00:00Z 1",
                        "late Tap[user=ada, second=20]",
                        "ada 2026-01-01T00:01:00Z 1");
    }

    // endregion

    // region silence
    @Test
    void minuteOfASilentUserClosesWhenTimeHasPassed() {
        var clock = ManualClock.at(START);
        var source =
                TestSource.of(new Tap("ada", 10), pause(ofMinutes(2)), new Tap("ada", 20))
                        .withClock(clock);
        var out = new TestSink<String>();

        TestRun.of(taps(source, EventClock.of(Tap::at, ofSeconds(5)), out)).withClock(clock).run();

        assertThat(out.committed())
                .containsExactly("ada 2026-01-01T00:00:00Z 1", "late Tap[user=ada, second=20]");
    }

    // endregion

    // region stream-clock
    @Test
    void minutesOfAllUsersCloseTogetherByTheTimeOfTheStream() {
        var source = TestSource.of(new Tap("ada", 10), new Tap("bob", 66), new Tap("ada", 20));
        var out = new TestSink<String>();

        TestRun.of(taps(source, StreamClock.of(Tap::at), out)).run();

        assertThat(out.committed())
                .contains("ada 2026-01-01T00:00:00Z 1", "late Tap[user=ada, second=20]");
    }

    // endregion

    // region crash
    @Test
    void openMinuteSurvivesACrash() {
        var source = TestSource.of(new Tap("ada", 10), crash(), new Tap("ada", 20));
        var out = new TestSink<String>();

        TestRun.of(taps(source, EventClock.of(Tap::at, ofSeconds(5)), out))
                .withEpochAfterEachBatch()
                .run();

        assertThat(out.committed()).containsExactly("ada 2026-01-01T00:00:00Z 2");
    }

    // endregion

    @Test
    void windowsWithEarlyResultsAndAllowedLatenessTellWhenTheyGiveThem() {
        var taps = taps("ada", 1, 2, 3, 65, 40, 130, 50);

        assertThat(results(taps, WindowGuideTest::updated))
                .containsExactly(
                        "0 EARLY 2", "0 ON_TIME 3", "0 UPDATE 4", "1 ON_TIME 1", "2 ON_TIME 1");
    }

    // region updated
    private static WindowOut<String, Tap, Long> updated(KeyedStream<String, Tap> taps) {
        return taps.countWindow("minutes", eventClock(), MINUTES)
                .with(
                        WindowOptions.unordered()
                                .withEarlyResultEvery(2)
                                .withAllowedLateness(ofSeconds(30)));
    }

    // endregion

    @Test
    void whoDeletesWhatIsWithdrawnHoldsEachTapOnce() {
        var flow = Dataflow.named("taps");
        var out = new TestSink<Row>();
        sessions(flow.input("taps", taps("ada", 0, 15, 40, 8, 200)).keyOn("user", Tap::user))
                .down()
                .map("row", Row::of)
                .output("out", out);
        TestRun.of(flow).run();

        var table = new TreeMap<Long, Long>();
        for (Row row : out.committed()) {
            if (row.isDeleted()) {
                table.remove(row.session());
            } else {
                table.put(row.session(), row.taps());
            }
        }

        assertThat(out.committed()).contains(new Row("ada", 1, true, 0));
        assertThat(table).isEqualTo(Map.of(0L, 3L, 2L, 1L, 3L, 1L));
    }

    private static WindowOut<String, Tap, Long> sessions(KeyedStream<String, Tap> taps) {
        return taps.countWindow("sessions", eventClock(), SessionWindower.of(ofSeconds(10)))
                .with(WindowOptions.unordered().withAllowedLateness(ofMinutes(1)));
    }

    // region withdrawn
    /** A row of a table with the keys user and session: to be written, or to be deleted. */
    record Row(String user, long session, boolean isDeleted, long taps) {
        static Row of(String user, WindowResult<Long> result) {
            return result.isWithdrawal()
                    ? new Row(user, result.windowId(), true, 0)
                    : new Row(user, result.windowId(), false, result.value());
        }
    }

    // endregion

    // region event-clock
    private static EventClock<Tap> eventClock() {
        return EventClock.of(Tap::at, ofSeconds(5)).withoutIdleAdvance();
    }

    // endregion

    @Test
    void windowsWithoutKeysHaveAllItems() {
        var flow = Dataflow.named("taps");
        var source = TestSource.of(new Tap("ada", 10), new Tap("bob", 20), new Tap("ada", 70));
        var out = new TestSink<Long>();
        perMinute(flow.input("taps-in", source)).output("out", out);

        TestRun.of(flow).run();

        assertThat(out.committed()).containsExactly(2L, 1L);
    }

    // region all
    private static Stream<Long> perMinute(Stream<Tap> taps) {
        return taps.countWindow("taps", eventClock(), MINUTES).down().map("n", WindowResult::value);
    }

    // endregion

    @Test
    void orderedWindowsTakeValuesByTimestamp() {
        assertThat(results(taps("ada", 10, 14, 12), WindowGuideTest::collected))
                .containsExactly("0 ON_TIME [10, 12, 14]");
    }

    // region ordered
    private static WindowOut<String, Tap, List<Tap>> collected(KeyedStream<String, Tap> taps) {
        return taps.collectWindow("list", eventClock(), MINUTES, Into.list());
    }

    // endregion

    @Test
    void unorderedWindowsTakeValuesAsTheyCome() {
        assertThat(results(taps("ada", 10, 14, 12), WindowGuideTest::asTheyCome))
                .containsExactly("0 ON_TIME [10, 14, 12]");
    }

    // region unordered
    private static WindowOut<String, Tap, List<Tap>> asTheyCome(KeyedStream<String, Tap> taps) {
        return collected(taps).with(WindowOptions.unordered());
    }

    // endregion

    @Test
    void countWindowsCloseWithTheirLastValue() {
        assertThat(results(taps("ada", 1, 2, 3, 4, 5, 6), WindowGuideTest::threes))
                .containsExactly("0 ON_TIME [1, 2, 3]", "1 ON_TIME [3, 4, 5]", "2 ON_TIME [5, 6]");
    }

    // region threes
    private static WindowOut<String, Tap, List<Tap>> threes(KeyedStream<String, Tap> taps) {
        return taps.collectWindow(
                "threes", eventClock(), CountWindower.of(3).every(2), Into.list());
    }

    // endregion

    // region join-types
    record Order(String id, int second) {
        Instant at() {
            return START.plusSeconds(second);
        }
    }

    record Payment(String order, int second) {
        Instant at() {
            return START.plusSeconds(second);
        }
    }

    // endregion

    @Test
    void ordersAreJoinedWithThePaymentsOfTheSameMinute() {
        var flow = Dataflow.named("orders");
        var orders =
                flow.input("orders", TestSource.of(new Order("a", 1), new Order("b", 50)))
                        .keyOn("id", Order::id);
        var payments =
                flow.input("payments", TestSource.of(new Payment("a", 20), new Payment("b", 70)))
                        .keyOn("order", Payment::order);
        var rows = new TestSink<String>();
        paid(orders, payments)
                .down()
                .map(
                        "row",
                        (id, row) -> id + " " + row.value().first() + " " + row.value().second())
                .output("rows", rows);

        TestRun.of(flow).run();

        assertThat(rows.committed())
                .containsExactlyInAnyOrder(
                        "a Order[id=a, second=1] Payment[order=a, second=20]",
                        "b Order[id=b, second=50] null",
                        "b null Payment[order=b, second=70]");
    }

    // region join-window
    private static WindowOut<String, Sided, Row2<Order, Payment>> paid(
            KeyedStream<String, Order> orders, KeyedStream<String, Payment> payments) {
        var time = Timestamps.of(Order.class, Order::at).and(Payment.class, Payment::at);
        return orders.joinWindow(
                "paid", EventClock.of(time, ofMinutes(1)), MINUTES, payments, JoinOptions.atEnd());
    }

    // endregion

    private static TestSource<Tap> taps(String user, int... seconds) {
        return TestSource.ofElements(
                IntStream.of(seconds).mapToObj(second -> new Tap(user, second)).toList());
    }

    private static <R> List<String> results(
            TestSource<Tap> taps,
            Function<KeyedStream<String, Tap>, WindowOut<String, Tap, R>> windows) {
        var flow = Dataflow.named("taps");
        var out = new TestSink<String>();
        windows.apply(flow.input("taps", taps).keyOn("user", Tap::user))
                .down()
                .map(
                        "text",
                        (user, window) ->
                                window.windowId()
                                        + " "
                                        + window.timing()
                                        + " "
                                        + text(window.value()))
                .output("out", out);
        TestRun.of(flow).run();
        return out.committed();
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(tap -> ((Tap) tap).second()).toList().toString()
                : value.toString();
    }
}
