package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;
import static dev.waxwing.testing.TestItems.pause;

import dev.waxwing.Keyed;
import dev.waxwing.KeyedStream;
import dev.waxwing.Sides;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.JoinOptions.Emit;
import dev.waxwing.join.JoinOptions.Insert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code join} means on any runner. The first letter of a value says of which side it is. */
public abstract class JoinSpec extends OperatorSpec {

    private static final String[] WORKED = {"L1", "R1", "L2", "R2", "R3"};
    private static final String[] AND_THEN = {"L1", "R1", "L2", "R2", "R3", "L3"};

    private static KeyedStream<String, String> side(
            KeyedStream<String, String> values, String letter) {
        return values.filterValue("only-" + letter, value -> value.startsWith(letter));
    }

    private static String row(@Nullable Object... sides) {
        List<String> texts = new ArrayList<>();
        for (Object side : sides) {
            texts.add(side == null ? "-" : side.toString());
        }
        return String.join(" ", texts);
    }

    private static KeyedStream<String, String> joined(
            KeyedStream<String, String> values, JoinOptions options) {
        return side(values, "L")
                .join("join", side(values, "R"), options)
                .mapValue("row", row -> row(row.first(), row.second()));
    }

    private void expectRows(JoinOptions options, String[] values, String... rows) {
        List<Object> elements = new ArrayList<>();
        for (String value : values) {
            elements.add(keyed("a", value));
        }
        this.<Keyed<String, String>>givenAll(elements)
                .throughKeyed(
                        pairs ->
                                joined(
                                        pairs.<String>keyOn("key", Keyed::key)
                                                .mapValue("value", Keyed::value),
                                        options))
                .inModes(mode -> mode.workers() == 1)
                .expect(rowsOf(rows));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of these only
    private static Keyed<String, String>[] rowsOf(String... rows) {
        Keyed[] keyed = new Keyed[rows.length];
        for (int i = 0; i < rows.length; i++) {
            keyed[i] = new Keyed<>("a", rows[i]);
        }
        return keyed;
    }

    @Test
    void j01_rowIsEmittedWhenBothSidesAreThere() {
        expectRows(JoinOptions.complete(), new String[] {"L1", "R2"}, "L1 R2");
    }

    @Test
    void j06_completeFirst() {
        expectRows(
                JoinOptions.of(Insert.FIRST, Emit.COMPLETE), AND_THEN, "L1 R1", "L2 R2", "L3 R3");
    }

    @Test
    void j06_completeLast() {
        expectRows(JoinOptions.of(Insert.LAST, Emit.COMPLETE), AND_THEN, "L1 R1", "L2 R2", "L3 R3");
    }

    @Test
    void j06_completeProduct() {
        expectRows(
                JoinOptions.of(Insert.PRODUCT, Emit.COMPLETE), AND_THEN, "L1 R1", "L2 R2", "L3 R3");
    }

    @Test
    void completeModesDifferInWhatTheyKeep() {
        String[] values = {"L1", "L2", "R1"};
        expectRows(JoinOptions.of(Insert.FIRST, Emit.COMPLETE), values, "L1 R1");
        expectRows(JoinOptions.of(Insert.LAST, Emit.COMPLETE), values, "L2 R1");
        expectRows(JoinOptions.of(Insert.PRODUCT, Emit.COMPLETE), values, "L1 R1", "L2 R1");
    }

    @Test
    void j02_finalFirst() {
        expectRows(JoinOptions.of(Insert.FIRST, Emit.FINAL), WORKED, "L1 R1");
    }

    @Test
    void j03_finalLast() {
        expectRows(JoinOptions.atEnd(), WORKED, "L2 R3");
    }

    @Test
    void j05_finalProduct() {
        expectRows(
                JoinOptions.of(Insert.PRODUCT, Emit.FINAL),
                WORKED,
                "L1 R1",
                "L1 R2",
                "L1 R3",
                "L2 R1",
                "L2 R2",
                "L2 R3");
    }

    @Test
    void runningFirst() {
        expectRows(
                JoinOptions.of(Insert.FIRST, Emit.RUNNING),
                WORKED,
                "L1 -",
                "L1 R1",
                "L1 R1",
                "L1 R1",
                "L1 R1");
    }

    @Test
    void j04_runningLast() {
        expectRows(
                JoinOptions.of(Insert.LAST, Emit.RUNNING),
                WORKED,
                "L1 -",
                "L1 R1",
                "L2 R1",
                "L2 R2",
                "L2 R3");
    }

    @Test
    void runningProduct() {
        expectRows(
                JoinOptions.of(Insert.PRODUCT, Emit.RUNNING),
                WORKED,
                "L1 -",
                "L1 R1",
                "L1 R1",
                "L2 R1",
                "L1 R1",
                "L1 R2",
                "L2 R1",
                "L2 R2",
                "L1 R1",
                "L1 R2",
                "L1 R3",
                "L2 R1",
                "L2 R2",
                "L2 R3");
    }

    @Test
    void j07_missingSideIsEmptyInTheLastRow() {
        expectRows(JoinOptions.atEnd(), new String[] {"L1"}, "L1 -");
        expectRows(JoinOptions.atEnd(), new String[] {"R1"}, "- R1");
    }

    @Test
    void unmatchedValuesAreNotEmittedAtTheEndButWaitForTheNextExecution() {
        givenKeyed(keyed("a", "L1"), endOfInput(), keyed("a", "R1"))
                .through(values -> joined(values, JoinOptions.complete()))
                .expect(keyed("a", "L1 R1"));
    }

    @Test
    void j13_sidesSurviveACrash() {
        givenKeyed(keyed("a", "L1"), crash(), keyed("a", "R1"), keyed("b", "R1"))
                .through(values -> joined(values, JoinOptions.complete()))
                .expect(keyed("a", "L1 R1"));
    }

    @Test
    void j08_threeSides() {
        givenKeyed(keyed("a", "L1"), keyed("a", "L2"), keyed("a", "R3"), keyed("a", "R4"))
                .through(
                        values ->
                                Sides.of(side(values, "L"), side(values, "M"), side(values, "R"))
                                        .join("join", JoinOptions.of(Insert.PRODUCT, Emit.FINAL))
                                        .mapValue(
                                                "row",
                                                row -> row(row.first(), row.second(), row.third())))
                .inModes(mode -> mode.workers() == 1)
                .expect(rowsOf("L1 - R3", "L1 - R4", "L2 - R3", "L2 - R4"));
    }

    @Test
    void fourSides() {
        givenKeyed(keyed("a", "D4"), keyed("a", "B2"), keyed("a", "A1"), keyed("a", "C3"))
                .through(
                        values ->
                                Sides.of(
                                                side(values, "A"),
                                                side(values, "B"),
                                                side(values, "C"),
                                                side(values, "D"))
                                        .join("join", JoinOptions.complete())
                                        .mapValue(
                                                "row",
                                                row ->
                                                        row(
                                                                row.first(),
                                                                row.second(),
                                                                row.third(),
                                                                row.fourth())))
                .expect(rowsOf("A1 B2 C3 D4"));
    }

    @Test
    void anyNumberOfSides() {
        givenKeyed(keyed("a", "A1"), keyed("a", "E5"), keyed("a", "C3"))
                .through(
                        values ->
                                Sides.all(
                                                List.of(
                                                        side(values, "A"),
                                                        side(values, "B"),
                                                        side(values, "C"),
                                                        side(values, "D"),
                                                        side(values, "E")))
                                        .join("join", JoinOptions.atEnd())
                                        .mapValue("row", row -> row(row.sides().toArray())))
                .expect(rowsOf("A1 - C3 - E5"));
    }

    @Test
    void oneSideIsAJoinToo() {
        givenKeyed(keyed("a", "A1"), keyed("a", "A2"))
                .through(
                        values ->
                                Sides.all(List.of(values))
                                        .join("join", JoinOptions.complete())
                                        .mapValue("row", row -> row(row.sides().toArray())))
                .expect(rowsOf("A1", "A2"));
    }

    @Test
    void sidesThatAreSilentForTooLongAreDiscarded() {
        givenKeyed(keyed("a", "L1"), pause(Duration.ofMillis(250)), keyed("a", "R1"))
                .through(
                        values ->
                                joined(
                                        values,
                                        JoinOptions.atEnd().withTimeToLive(Duration.ofMillis(20))))
                .inRealTime()
                .expect(keyed("a", "- R1"));
    }

    @Test
    void timeToLiveDoesNotKeepTheLastRowBack() {
        givenKeyed(keyed("a", "L1"), keyed("a", "R1"))
                .through(
                        values ->
                                joined(
                                        values,
                                        JoinOptions.atEnd().withTimeToLive(Duration.ofHours(1))))
                .expect(keyed("a", "L1 R1"));
    }
}
