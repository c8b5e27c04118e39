package dev.waxwing.cli.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waxwing.Dataflow;
import dev.waxwing.FailurePolicy;
import dev.waxwing.TypeRef;
import dev.waxwing.files.RollOptions;
import dev.waxwing.files.TextFiles;
import dev.waxwing.http.HttpSink;
import dev.waxwing.http.KeyOptions;
import dev.waxwing.http.RequestBody;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.state.StateUpdate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Numbers the lines of each account, and writes them to a table, to rolling files, to the ends of
 * files and to an endpoint.
 */
public final class Deliveries {

    static final String NAME = "deliveries";
    static final String TABLE = "payments";
    private static final int WRITERS = 3;
    private static final FailurePolicy PATIENT =
            FailurePolicy.retry(10_000).withBackOff(Duration.ofMillis(10), Duration.ofMillis(200));

    private Deliveries() {}

    /**
     * Reads lines of an account and an amount.
     *
     * @param outboxes where to record what the table is given
     */
    public static Dataflow flow(
            Path lines,
            Path files,
            Path appended,
            Path outboxes,
            String database,
            String endpoint) {
        Dataflow flow = Dataflow.named(NAME);
        var payments =
                flow.input("lines", TextFiles.directory(lines, "*.txt"))
                        .keyOn("account", line -> line.substring(0, line.indexOf(' ')))
                        .statefulMap(
                                "number",
                                (Balance before, String line) -> {
                                    int space = line.indexOf(' ');
                                    long amount = Long.parseLong(line.substring(space + 1));
                                    Balance after = Balance.after(before, amount);
                                    return StateUpdate.keep(
                                            after,
                                            new Payment(
                                                    line.substring(0, space),
                                                    after.count(),
                                                    after.sum()));
                                });
        payments.output(
                        "table",
                        new RecordedSink<>(
                                JdbcSink.into(
                                                Database.at(database),
                                                TABLE,
                                                TypeRef.of(Payment.class))
                                        .withColumn("account", Payment::account)
                                        .withColumn("number", Payment::number)
                                        .withColumn("balance", Payment::balance)
                                        .withEpochColumn("epoch")
                                        .withWriterColumn("writer")
                                        .withOnMissingMarkerTable(OnMissing.CREATE)
                                        .withWriters(WRITERS),
                                outboxes.toString()))
                .onFailure(PATIENT);
        var texts = payments.mapValue("text", Payment::text);
        texts.output(
                        "files",
                        TextFiles.rolling(files)
                                .withOptions(RollOptions.defaults().withWriters(WRITERS)))
                .onFailure(PATIENT);
        texts.output("appended", TextFiles.appendTo(appended, WRITERS));
        payments.output(
                        "endpoint",
                        HttpSink.<Payment>post(
                                        URI.create(endpoint),
                                        RequestBody.of(
                                                "text/plain",
                                                (items, out) -> {
                                                    for (Payment item : items) {
                                                        out.write(
                                                                (item.text() + "\n")
                                                                        .getBytes(UTF_8));
                                                    }
                                                }))
                                .withKeys(KeyOptions.keptFor(Duration.ofDays(1)))
                                .withItemType(TypeRef.of(Payment.class))
                                .withWriters(WRITERS))
                .onFailure(PATIENT);
        return flow;
    }

    /** How many lines an account has had, and their amounts together. */
    public record Balance(long count, long sum) {
        static Balance after(Balance before, long amount) {
            return before == null
                    ? new Balance(1, amount)
                    : new Balance(before.count + 1, before.sum + amount);
        }
    }

    /** The balance of an account after its line with this number. */
    public record Payment(String account, long number, long balance) {
        String text() {
            return account + " " + number + " " + balance;
        }
    }
}
