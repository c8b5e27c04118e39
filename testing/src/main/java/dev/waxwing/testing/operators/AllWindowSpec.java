package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.operators.WindowFlows.SESSIONS;
import static dev.waxwing.testing.operators.WindowFlows.TENS;
import static dev.waxwing.testing.operators.WindowFlows.inOrder;
import static dev.waxwing.testing.operators.WindowFlows.seconds;
import static dev.waxwing.testing.operators.WindowFlows.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.function.Order;
import dev.waxwing.function.TypeRef;
import dev.waxwing.kernel.Emitter;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.operators.FoldWindowSpec.Event;
import dev.waxwing.windowing.CountWindower;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.WindowLogic;
import dev.waxwing.windowing.WindowOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Specifies windows over all items of a stream, on any runner. */
public abstract class AllWindowSpec extends OperatorSpec {

    private static final Order<Event> BY_NAME = Order.by(Event::name);

    @Test
    void itemsOfAllWorkersAreInOneWindow() {
        given(event("a", 1), event("b", 2), event("c", 3), event("d", 4), event("e", 5))
                .through(
                        events ->
                                results(
                                        events.redistribute("spread")
                                                .countWindow("count", inTime(), TENS)))
                .expect("0 5");
    }

    @Test
    void eachWindowHasAResultWithoutAKey() {
        given(event("a", 1), event("b", 2), event("a", 12))
                .through(events -> results(events.countWindow("count", inOrder(), TENS)))
                .expect("0 2", "1 1");
    }

    @Test
    void itemsAreFoldedByTimestamp() {
        given(event("b", 2), event("a", 1), event("d", 14), event("c", 13))
                .through(events -> results(names(events)))
                .expect("0 ab", "1 cd");
    }

    @Test
    void itemsAreReduced() {
        given(1, 2, 3, 4, 5)
                .through(
                        numbers ->
                                results(
                                        numbers.reduceWindow(
                                                "sum",
                                                WindowTimeSpec.always(),
                                                CountWindower.of(2),
                                                Integer::sum)))
                .expect("0 3", "1 7", "2 5");
    }

    @Test
    void itemsAreCollected() {
        given("a", "b", "c")
                .through(
                        words ->
                                results(
                                        words.collectWindow(
                                                "list",
                                                WindowTimeSpec.always(),
                                                CountWindower.of(2),
                                                Into.list())))
                .expect("0 [a, b]", "1 [c]");
    }

    @Test
    void greatestAndLeastItemAreFound() {
        given(event("b", 1), event("c", 2), event("a", 3))
                .through(
                        events ->
                                events.maxWindow("max", inOrder(), TENS, BY_NAME)
                                        .down()
                                        .map("name", result -> result.value().name()))
                .expect("c");
        given(event("b", 1), event("c", 2), event("a", 3))
                .through(
                        events ->
                                events.minWindow("min", inOrder(), TENS, BY_NAME)
                                        .down()
                                        .map("name", result -> result.value().name()))
                .expect("a");
    }

    @Test
    void eachWindowHasALogicOfTheUsers() {
        given(event("a", 1), event("b", 2), event("c", 12))
                .through(
                        events ->
                                results(
                                        events.<String, String>window(
                                                "names",
                                                inOrder(),
                                                TENS,
                                                names ->
                                                        new NamesLogic(
                                                                names == null ? "" : names))))
                .expect("0 a", "0 b", "1 c");
    }

    @Test
    void lateItemsAndClosedWindowsAreToldWithoutAKey() {
        given(event("a", 1), event("b", 12), event("c", 3))
                .through(
                        events -> {
                            var windows = events.countWindow("count", inOrder(), TENS);
                            return windows.late()
                                    .map("late", late -> late.value().name())
                                    .merge(
                                            "both",
                                            windows.meta()
                                                    .map("meta", meta -> "" + meta.windowId()));
                        })
                .expectInAnyOrder("c", "0", "1");
    }

    @Test
    void optionsAreThoseOfWindowsOfAKey() {
        given(event("b", 2), event("a", 1), event("c", 13))
                .through(events -> results(names(events).with(WindowOptions.unordered())))
                .expect("0 ba", "1 c");
    }

    @Test
    void sessionsAreThoseOfAllItems() {
        given(event("a", 1), event("b", 9), event("c", 30))
                .through(events -> results(events.countWindow("count", inOrder(), SESSIONS)))
                .expect("0 2", "1 1");
    }

    @Test
    void windowsSurviveACrash() {
        given(event("a", 1), crash(), event("b", 2), crash(), event("c", 12))
                .through(events -> results(names(events)))
                .expect("0 ab", "1 c");
    }

    @Test
    void windowsFollowTheirItemsWhenTheNumberOfWorkersChanges() {
        int[] counts =
                runner().modes().stream().mapToInt(SpecMode::workers).distinct().sorted().toArray();
        in(
                SpecMode.plain().withRestoreAfterEachBatch(),
                world -> {
                    var out = new TestSink<String>();
                    var flow = Dataflow.named("flow");
                    results(
                                    names(
                                            flow.input(
                                                    "in",
                                                    world.<Event>source(
                                                            event("a", 1),
                                                            event("b", 2),
                                                            event("c", 3),
                                                            event("d", 14),
                                                            event("e", 15)))))
                            .output("out", out);

                    world.run(flow, counts);

                    assertThat(out.committed()).containsExactly("0 abc", "1 de");
                });
    }

    @Test
    void typeOfWhatAWindowKeepsCanBeDeclared() {
        given(event("a", 1), crash(), event("b", 2))
                .through(
                        events ->
                                results(
                                        events.<List<String>>foldWindow(
                                                        "names",
                                                        inOrder(),
                                                        TENS,
                                                        ArrayList::new,
                                                        (names, event) -> {
                                                            names.add(event.name());
                                                            return names;
                                                        },
                                                        (left, right) -> {
                                                            left.addAll(right);
                                                            return left;
                                                        })
                                                .state(new TypeRef<List<String>>() {})))
                .expect("0 [a, b]");
    }

    @Test
    void functionThatThrowsNamesTheStep() {
        given(1, 2)
                .through(
                        numbers ->
                                results(
                                        numbers.reduceWindow(
                                                "bad",
                                                WindowTimeSpec.always(),
                                                CountWindower.of(2),
                                                (left, right) -> failWith("boom"))))
                .expectFailure("step 'flow.bad'", "boom");
    }

    private static Event event(String name, int second) {
        return new Event(name, second);
    }

    /** Nothing is late, in whatever order items come from workers. */
    private static EventClock<Event> inTime() {
        return waiting(seconds(10));
    }

    private static WindowOut.OfAll<Event, String> names(Stream<Event> events) {
        return events.foldWindow(
                "names",
                waiting(seconds(5)),
                TENS,
                () -> "",
                (names, event) -> names + event.name(),
                (left, right) -> left + right);
    }

    private static <T, R> Stream<String> results(WindowOut.OfAll<T, R> out) {
        return out.down().map("result", result -> result.windowId() + " " + result.value());
    }

    /** Emits the name of each event. */
    private record NamesLogic(String snapshot) implements WindowLogic<Event, String, String> {

        @Override
        public void onValue(Event event, Emitter<? super String> out) {
            out.emit(event.name());
        }

        @Override
        public void onClose(Emitter<? super String> out) {}
    }
}
