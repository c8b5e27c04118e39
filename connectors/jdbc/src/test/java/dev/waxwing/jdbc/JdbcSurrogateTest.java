package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.internal.UnicodeText;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.sink.RejectedItemsException;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Half of a surrogate pair, in all databases. */
final class JdbcSurrogateTest {

    private static final TypeRef<Integer> PLACE = TypeRef.of(Integer.class);

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void rowWithHalfAPairIsRefusedAndItsColumnNamed(TestDatabase database) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(
                source,
                "create table \"t\" (\"k\" varchar(9) primary key, \"v\" varchar(9), \"c\""
                        + " varchar(9))");
        List<Object> values = List.of("a", "x\uD83Dy", '\uDE00', "\uD83D\uDE00");
        JdbcSink<Integer> inserting =
                sink(source)
                        .withColumn("k", place -> "k" + place)
                        .withColumn("v", place -> "fine")
                        .withColumn("c", values::get);

        for (var sink : List.of(inserting, inserting.withKeys("k"))) {
            try (var writing = Writing.of(sink)) {
                assertThatThrownBy(() -> writing.apply(List.of(0, 1, 2, 3)))
                        .isInstanceOfSatisfying(
                                RejectedItemsException.class,
                                e -> {
                                    assertThat(e.reasons()).containsOnlyKeys(1, 2);
                                    assertThat(e.reasons().get(1))
                                            .startsWith("column 'c' of type ")
                                            .contains(
                                                    " got a java.lang.String (x\uFFFDy), with half"
                                                            + " of a surrogate pair at index 1")
                                            .endsWith("by UnicodeText.replaced");
                                    assertThat(e.reasons().get(2))
                                            .startsWith("column 'c' of type ")
                                            .contains(
                                                    " got a java.lang.Character, with half of a"
                                                            + " surrogate pair at index 0");
                                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyWithHalfAPairFindsNoOtherRow(TestDatabase database) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(
                source,
                "create table \"t\" (\"k\" varchar(9) primary key)",
                "insert into \"t\" values ('?')");
        List<Object> keys = List.of("\uD83D", '\uD83D');
        var deleting =
                sink(source).withColumn("k", keys::get).withKeys("k").withDeletes(place -> true);

        for (int place = 0; place < keys.size(); place++) {
            int item = place;
            assertThatThrownBy(() -> Writing.write(deleting, item))
                    .isInstanceOf(RejectedItemsException.class)
                    .hasMessageContaining("with half of a surrogate pair at index 0");
        }
        assertThat(Schema.rows(source, "select * from \"t\"")).containsExactly("?");
    }

    @Test
    void elementsOfArraysAreRefusedAtAnyDepth() throws Exception {
        DataSource source = TestDatabase.POSTGRESQL.open(directory);
        Pieces.execute(source, "create table \"t\" (\"k\" integer primary key, \"v\" text[])");
        List<Object> values =
                List.of(
                        new char[] {'a', '\uD83D'},
                        List.of('\uD83D'),
                        new String[][] {{"a\uDE00"}},
                        List.of("\uD83D\uDE00", 'c'));
        JdbcSink<Integer> inserting =
                sink(source).withColumn("k", place -> place).withColumn("v", values::get);

        for (var sink : List.of(inserting, inserting.withKeys("k"))) {
            assertThatThrownBy(() -> Writing.write(sink, 0, 1, 2, 3))
                    .isInstanceOfSatisfying(
                            RejectedItemsException.class,
                            e -> assertThat(e.reasons()).containsOnlyKeys(0, 1, 2))
                    .hasMessageContaining("half of a surrogate pair at index 0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedRowBecomesADeadLetterAndTheOthersAreWritten(TestDatabase database)
            throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(source, "create table \"t\" (\"v\" varchar(9))");
        var dead = new TestSink<String>();
        Dataflow flow = Dataflow.named("flow");
        flow.input("in", TestSource.of("a\uD83D", "b"))
                .output("out", strings(source).withColumn("v", text -> text))
                .onFailure(FailurePolicy.deadLetter())
                .deadLetters()
                .map("reason", DeadLetter::toString)
                .output("dead", dead);

        Waxwing.run(flow, RecoveryOptions.in(directory.resolve("store")));

        assertThat(Schema.rows(source, "select * from \"t\"")).containsExactly("b");
        assertThat(dead.committed())
                .singleElement()
                .asString()
                .contains("column 'v'")
                .contains("with half of a surrogate pair at index 1");
    }

    @ParameterizedTest
    @EnumSource
    void halvesAreReplacedByChoice(TestDatabase database) throws Exception {
        DataSource source = database.open(directory);
        Pieces.execute(source, "create table \"t\" (\"v\" varchar(9))");

        Writing.write(strings(source).withColumn("v", UnicodeText::replaced), "a\uD83D");

        assertThat(Schema.rows(source, "select * from \"t\"")).containsExactly("a\uFFFD");
    }

    @Test
    void conditionWithHalfAPairIsRefused() throws Exception {
        var reading =
                JdbcSource.from(
                        Database.of(TestDatabase.H2.open(directory)),
                        "t",
                        List.of("k"),
                        row -> row.getString("k"));

        assertThatThrownBy(() -> reading.withPart("p", "\"k\" = ?", "\uD83D"))
                .hasMessageContaining("condition of partition 'p'")
                .hasMessageContaining("half of a surrogate pair at index 0");
        assertThatThrownBy(() -> reading.withPart("p", "\"k\" = ?", '\uD83D'))
                .hasMessageContaining("half of a surrogate pair at index 0");
        assertThatThrownBy(() -> reading.withPart("p", "\"k\" = '\uD83D'"))
                .hasMessageContaining("half of a surrogate pair at index 7");
    }

    private static JdbcSink<Integer> sink(DataSource source) {
        return JdbcSink.into(Database.of(source), "t", PLACE)
                .withOnMissingMarkerTable(OnMissing.CREATE);
    }

    private static JdbcSink<String> strings(DataSource source) {
        return JdbcSink.into(Database.of(source), "t", TypeRef.of(String.class))
                .withOnMissingMarkerTable(OnMissing.CREATE);
    }
}
