package dev.waxwing.cli.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import dev.waxwing.WindowOut;
import dev.waxwing.files.RollOptions;
import dev.waxwing.files.StandardStreams;
import dev.waxwing.files.TextFiles;
import dev.waxwing.function.TypeRef;
import dev.waxwing.http.HttpSink;
import dev.waxwing.http.KeyOptions;
import dev.waxwing.http.RequestBody;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Numbers the payments of each account, and writes them to a table, to rolling files, to the ends
 * of files, to an endpoint and to standard output; sums them by time and writes these to a table.
 */
public final class Deliveries {

    static final String NAME = "deliveries";
    static final String LINES = NAME + ".lines";
    static final String APPENDED = NAME + ".appended";
    static final String PAYMENTS = "payments";
    static final String SUMS = "sums";
    static final String PAID = "paid ";
    static final String LATE = "late ";

    private static final int WRITERS = 3;
    private static final int BATCH_ITEMS = 25;
    private static final int MANY = 10_000;
    private static final String TABLE_ATTEMPTS = "waxwing.table.attempts";
    private static final FailurePolicy PATIENT = retry(MANY);
    private static final FailurePolicy OF_TABLES = retry(Integer.getInteger(TABLE_ATTEMPTS, MANY));

    /**
     * Options of the JVM of an execution that claims a table once: who holds a marker is suspended
     * and would be waited for as often as the policy says.
     */
    static final List<String> CLAIMING_ONCE = List.of("-D" + TABLE_ATTEMPTS + "=1");

    private Deliveries() {}

    private static FailurePolicy retry(int attempts) {
        return FailurePolicy.retry(attempts)
                .withBackOff(Duration.ofMillis(10), Duration.ofMillis(200));
    }

    /**
     * Reads lines of an account, an amount and a second.
     *
     * @param targets directory of directories for files, and of what is noted for the test
     * @param witnesses directory of this run
     */
    public static Dataflow flow(
            Path lines, Path targets, Path witnesses, String database, String endpoint) {
        Dataflow flow = Dataflow.named(NAME);
        var entries =
                flow.input(
                                "lines",
                                new WitnessedSource(
                                        TextFiles.directory(lines, "*.txt")
                                                .withBatchItems(BATCH_ITEMS),
                                        witnesses))
                        .map("entry", Entry::parse)
                        .watermark(
                                "time",
                                Entry::at,
                                WatermarkOptions.outOfOrderBy(
                                        Duration.ofSeconds(Accounts.OUT_OF_ORDER_SECONDS)))
                        .keyOn("account", Entry::account);
        var payments = entries.statefulMap("number", Deliveries::number);
        payments.output(
                        "table",
                        new RecordedSink<>(
                                table(database, PAYMENTS, TypeRef.of(Payment.class))
                                        .withColumn("account", Payment::account)
                                        .withColumn("number", Payment::number)
                                        .withColumn("balance", Payment::balance),
                                targets.resolve(PAYMENTS).toString()))
                .onFailure(OF_TABLES);
        var texts = payments.mapValue("text", Payment::text);
        texts.output(
                        "files",
                        TextFiles.rolling(targets.resolve("files"))
                                .withOptions(RollOptions.defaults().withWriters(WRITERS)))
                .onFailure(PATIENT);
        texts.output("appended", TextFiles.appendTo(targets.resolve("appended"), WRITERS));
        payments.output("endpoint", endpoint(endpoint)).onFailure(PATIENT);
        var sums = sums(entries);
        sums.down()
                .map(
                        "sum",
                        (account, window) ->
                                new Sum(
                                        account,
                                        window.open().getEpochSecond(),
                                        window.value().count(),
                                        window.value().sum()))
                .output(
                        "sums",
                        new RecordedSink<>(sumsTable(database), targets.resolve(SUMS).toString()))
                .onFailure(OF_TABLES);
        Stream<String> late = sums.late().map("late", (account, entry) -> LATE + entry.value());
        texts.map("printed", (account, text) -> PAID + text)
                .merge("all", late)
                .output("print", StandardStreams.out());
        return flow;
    }

    private static StateUpdate<Balance, Payment> number(Balance before, Entry entry) {
        Balance after = Balance.after(before, entry);
        return StateUpdate.keep(after, new Payment(entry.account(), after.count(), after.sum()));
    }

    private static WindowOut<String, Entry, Balance> sums(KeyedStream<String, Entry> entries) {
        return entries.foldWindow(
                "windows",
                StreamClock.of(Entry::at),
                TumblingWindower.of(Duration.ofSeconds(Accounts.WINDOW_SECONDS)),
                () -> new Balance(0, 0),
                Balance::after,
                (first, second) ->
                        new Balance(first.count() + second.count(), first.sum() + second.sum()));
    }

    private static EpochSink<Sum> sumsTable(String database) {
        return table(database, SUMS, TypeRef.of(Sum.class))
                .withColumn("account", Sum::account)
                .withColumn("opened", Sum::opened)
                .withColumn("payments", Sum::payments)
                .withColumn("total", Sum::total);
    }

    private static <X> JdbcSink<X> table(String database, String name, TypeRef<X> type) {
        return JdbcSink.into(Database.at(database), name, type)
                .withEpochColumn("epoch")
                .withWriterColumn("writer")
                .withOnMissingMarkerTable(OnMissing.CREATE)
                .withWriters(WRITERS);
    }

    private static EpochSink<Payment> endpoint(String address) {
        return HttpSink.<Payment>post(
                        URI.create(address),
                        RequestBody.of(
                                "text/plain",
                                (items, out) -> {
                                    for (Payment item : items) {
                                        out.write((item.text() + "\n").getBytes(UTF_8));
                                    }
                                }))
                .withKeys(KeyOptions.keptFor(Duration.ofDays(1)))
                .withItemType(TypeRef.of(Payment.class))
                .withWriters(WRITERS);
    }

    /** A line of a file. */
    public record Entry(String account, long amount, long seconds) {
        static Entry parse(String line) {
            String[] fields = line.split(" ", -1);
            return new Entry(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        }

        Instant at() {
            return Instant.ofEpochSecond(seconds);
        }
    }

    /** How many payments there were, and their amounts together. */
    public record Balance(long count, long sum) {
        static Balance after(Balance before, Entry entry) {
            return before == null
                    ? new Balance(1, entry.amount())
                    : new Balance(before.count + 1, before.sum + entry.amount());
        }
    }

    /** The balance of an account after its payment with this number. */
    public record Payment(String account, long number, long balance) {
        String text() {
            return account + " " + number + " " + balance;
        }
    }

    /** The payments of an account in a window. */
    public record Sum(String account, long opened, long payments, long total) {}
}
