package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.function.TypeRef;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import dev.waxwing.windowing.EventClock;
import dev.waxwing.windowing.SessionWindower;
import dev.waxwing.windowing.WindowOptions;
import dev.waxwing.windowing.WindowResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the connector's page. */
final class JdbcGuideTest {

    @TempDir private Path store;

    @Test
    void pageIsRight() throws Exception {
        Schema schema = Schema.withOrders();
        schema.execute(
                "create table payments (id bigint primary key, amount numeric, paid_at timestamptz"
                        + " default now(), region text)",
                "insert into payments select i, i * 1.5, '2026-01-01', 'eu' from generate_series(1,"
                        + " 3) i",
                "insert into payments values (4, 6, '2026-01-01', null)",
                "create table totals (id bigint primary key, amount numeric)");
        DataSource dataSource = schema.source();
        var dead = new TestSink<String>();
        var flow = Dataflow.named("flow");

        // region reading
        var payments =
                flow.input(
                        "payments",
                        JdbcSource.from(
                                        Database.of(dataSource),
                                        "payments",
                                        List.of("paid_at", "id"),
                                        row -> new Payment(row.getLong("id"), row.getString(2)))
                                .withPart("europe", "region = ?", "eu")
                                .withPart("elsewhere", "region <> ? or region is null", "eu")
                                .withLag("paid_at", Duration.ofSeconds(30)));
        // endregion

        // region writing
        payments.output(
                        "totals",
                        JdbcSink.into(Database.of(dataSource), "totals", TypeRef.of(Payment.class))
                                .withColumn("id", Payment::id)
                                .withColumn("amount", Payment::amount)
                                .withKeys("id")
                                .withDeletes(payment -> payment.amount() == null))
                .onFailure(FailurePolicy.retry(20).withDeadLetters())
                .deadLetters()
                .map("reason", DeadLetter::toString)
                .output("refused", dead);
        // endregion

        Waxwing.run(flow, EmbeddedOptions.defaults().withRecovery(RecoveryOptions.in(store)));

        assertThat(schema.rows("select * from totals order by id"))
                .containsExactly("1 1.5", "2 3.0", "3 4.5", "4 6");
        assertThat(dead.committed()).isEmpty();
    }

    @Test
    void sessionsThatBecomeOneAreOneRow() throws Exception {
        Schema schema = Schema.withOrders();
        schema.execute(
                "create table sessions (customer text, session bigint, payments bigint, primary key"
                        + " (customer, session))");
        DataSource dataSource = schema.source();
        var flow = Dataflow.named("flow");
        var sessions =
                flow.input("seconds", TestSource.<Long>of(0L, 15L, 40L, 8L, 200L))
                        .keyOn("customer", second -> "ada")
                        .countWindow(
                                "sessions",
                                EventClock.<Long>of(Instant::ofEpochSecond, Duration.ZERO)
                                        .withoutIdleAdvance(),
                                SessionWindower.of(Duration.ofSeconds(10)))
                        .with(WindowOptions.unordered().withAllowedLateness(Duration.ofMinutes(1)));

        // region sessions
        sessions.down()
                .map("row", Session::of)
                .output(
                        "table",
                        JdbcSink.into(
                                        Database.of(dataSource),
                                        "sessions",
                                        TypeRef.of(Session.class))
                                .withColumn("customer", Session::customer)
                                .withColumn("session", Session::number)
                                .withColumn("payments", Session::payments)
                                .withKeys("customer", "session")
                                .withDeletes(Session::isWithdrawn));
        // endregion

        Waxwing.run(
                flow,
                EmbeddedOptions.defaults()
                        .withRecovery(RecoveryOptions.in(store).withEpochInterval(Duration.ZERO)));

        assertThat(schema.rows("select session, payments from sessions order by session"))
                .containsExactly("0 3", "2 1", "3 1");
    }

    record Payment(long id, String amount) {}

    // region session
    record Session(String customer, long number, boolean isWithdrawn, long payments) {
        static Session of(String customer, WindowResult<Long> result) {
            return result.isWithdrawal()
                    ? new Session(customer, result.windowId(), true, 0)
                    : new Session(customer, result.windowId(), false, result.value());
        }
    }
    // endregion
}
