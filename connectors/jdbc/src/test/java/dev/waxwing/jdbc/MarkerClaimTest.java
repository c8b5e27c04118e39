package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.Owner.KnownMarkers;
import dev.waxwing.sink.RejectedItemsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A marker that two executions reach for, and what either leaves locked or open. */
final class MarkerClaimTest {

    private static final String LOCK =
            "prepare update \"waxwing_markers\" set \"epoch\" = \"epoch\"";
    private static final String INTO_MARKERS = "prepare insert into \"waxwing_markers\"";
    private static final String MARK = "prepare update \"waxwing_markers\" set \"epoch\" = ?";
    private static final List<Order> TWO_OF_A_KEY =
            List.of(new Order(1, "a"), new Order(1, "again"));

    private final Owner older = owner(1, found -> true);
    private final Owner newer = owner(2, found -> true);

    private Schema schema;

    @BeforeEach
    void makeTables() throws SQLException {
        schema = Schema.withOrders();
    }

    @Test
    void claimThatIsRefusedLeavesTheMarkerUnlocked() throws Exception {
        try (var first = open(schema.database());
                var second = open(schema.database())) {
            first.claim(newer);

            assertThatThrownBy(() -> second.claim(owner(1, found -> false)))
                    .isInstanceOf(FencedException.class);

            assertThat(lockState()).isEqualTo("free");
        }
    }

    @Test
    void itemsThatAreRefusedLeaveTheMarkerUnlocked() throws Exception {
        try (var partition = open(schema.database())) {
            partition.claim(older);

            assertThatThrownBy(() -> partition.apply(new Commit(1, older), TWO_OF_A_KEY))
                    .isInstanceOf(RejectedItemsException.class);

            assertThat(lockState()).isEqualTo("free");
        }
    }

    @Test
    void lookAtAMarkerLeavesNoTransactionOpen() throws Exception {
        try (var partition = open(schema.database())) {
            assertThat(partition.look(older)).isNull();

            assertThat(
                            schema.rows(
                                    "select state from pg_stat_activity where application_name = '"
                                            + schema.name()
                                            + "' and pid <> pg_backend_pid()"))
                    .containsExactly("idle");
        }
    }

    @Test
    void markerIsLockedBeforeItIsWritten() throws Exception {
        List<String> states = new ArrayList<>();
        HookedSource.Hook look =
                (point, connection) -> {
                    if (point.startsWith(MARK)) {
                        states.add(lockState());
                    }
                };
        try (var partition = open(hooked(look))) {
            partition.claim(older);
            partition.apply(new Commit(1, older), List.of(new Order(1, "a")));
        }

        assertThat(states).containsExactly("locked");
    }

    @Test
    void markerThatAnotherExecutionHasClaimedSinceIsNotPutBack() throws Exception {
        try (var first = open(schema.database());
                var second = open(schema.database())) {
            first.claim(older);
            second.claim(newer);

            first.release(older, new Marker(0, 1, older.lineage(), older.token()), null);

            assertThat(generations()).containsExactly("2");
        }
    }

    @Test
    void markerThatIsGivenBackIsAtOnceWhatItWas() throws Exception {
        try (var first = open(schema.database());
                var second = open(schema.database())) {
            first.claim(older);
            Marker before = second.claim(newer);

            second.release(newer, new Marker(0, 2, newer.lineage(), newer.token()), before);

            assertThat(generations()).containsExactly("1");
        }
    }

    @Test
    void markerThatAnotherExecutionMakesAtTheSameTimeIsTakenOver() throws Exception {
        HookedSource.Hook comeBefore = at(1, INTO_MARKERS, () -> claimBy(older));
        try (var partition = open(hooked(comeBefore))) {
            Marker found = partition.claim(newer);

            assertThat(found).isEqualTo(new Marker(0, 1, older.lineage(), older.token()));
        }
        assertThat(generations()).containsExactly("2");
    }

    @Test
    void executionThatIsTakenOverWhileItSearchesForBlameIsFenced() throws Exception {
        // The marker is locked by the claim, by the commit, and by its search.
        HookedSource.Hook takeOver = at(3, LOCK, () -> claimBy(newer));
        try (var partition = open(hooked(takeOver))) {
            partition.claim(older);

            assertThatThrownBy(() -> partition.apply(new Commit(1, older), TWO_OF_A_KEY))
                    .isInstanceOf(FencedException.class)
                    .hasMessageContaining("was taken over by generation 2");
        }
    }

    @Test
    void epochWhoseMarkerCannotBeWrittenIsNotThere() throws Exception {
        try (var partition = open(schema.database())) {
            partition.claim(older);
            schema.execute(
                    "create function no() returns trigger language plpgsql as 'begin return null;"
                            + " end'",
                    "create trigger no before update on waxwing_markers for each row execute"
                            + " function no()");

            assertThatThrownBy(
                            () -> partition.apply(new Commit(1, older), List.of(new Order(1, "a"))))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("was written to 0 rows in place of one");
        }
        assertThat(schema.rows("select id from orders")).isEmpty();
    }

    @Test
    void tableOfAnotherFormIsNotTakenForMarkers() throws Exception {
        schema.execute("create table made (x int)");
        JdbcSink<Order> sink =
                Order.sink(schema.database())
                        .withMarkerTable("made")
                        .withOnMissingMarkerTable(OnMissing.CREATE);

        try (var partition = open(sink)) {
            assertThatThrownBy(() -> partition.claim(older))
                    .hasMessageContaining("the table of markers, \"made\", cannot be read")
                    .hasMessageContaining("column \"epoch\" does not exist");
        }
    }

    /** Whether another session could lock the marker. */
    private String lockState() throws SQLException {
        try {
            schema.execute(
                    "set lock_timeout = '200ms'", "update waxwing_markers set epoch = epoch");
            return "free";
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("55P03");
            return "locked";
        }
    }

    private List<String> generations() throws SQLException {
        return schema.rows("select generation from waxwing_markers");
    }

    private void claimBy(Owner owner) throws Exception {
        try (var other = open(schema.database())) {
            other.claim(owner);
        }
    }

    private Database hooked(HookedSource.Hook hook) {
        return Database.of(HookedSource.of(schema.source(), hook));
    }

    /** Does something when a statement is prepared for the n-th time. */
    private static HookedSource.Hook at(int times, String statement, Action action) {
        return new HookedSource.Hook() {

            private int passed;

            @Override
            public void at(String point, Connection connection) throws SQLException {
                if (point.startsWith(statement) && ++passed == times) {
                    try {
                        action.run();
                    } catch (Exception e) {
                        throw new SQLException(e);
                    }
                }
            }
        };
    }

    private static JdbcPartition<Order> open(Database database) throws Exception {
        return open(Order.sink(database));
    }

    private static JdbcPartition<Order> open(JdbcSink<Order> sink) throws Exception {
        return (JdbcPartition<Order>) sink.buildPart("flow.out", "writer-0");
    }

    private static Owner owner(long generation, KnownMarkers known) {
        return new Owner(
                new UUID(7, 7),
                generation,
                new UUID(8, generation),
                known,
                false,
                "flow",
                "flow.out",
                "writer-0");
    }

    private interface Action {
        void run() throws Exception;
    }
}
