package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.run.Execution;
import dev.waxwing.source.Source;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * W10: what each guarantee costs. The same dataflow, a source of sales and an output, with each
 * contract: how many sales a second from the start until a reader sees the last one, and, at a pace
 * that all of them keep up with, how long after its time a reader sees a sale. The reader looks
 * every millisecond.
 */
final class GuaranteePrices {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final List<Duration> EPOCHS =
            List.of(Duration.ofSeconds(1), Duration.ofMillis(100));

    private final int rounds;
    private final boolean tiny;
    private final Path stores;

    GuaranteePrices(int rounds, boolean tiny, Path stores) {
        this.rounds = rounds;
        this.tiny = tiny;
        this.stores = stores;
    }

    private interface Opening {
        SaleTarget open() throws Exception;
    }

    /** Runs each target, and returns a table. */
    List<String> lines() throws Exception {
        List<String> table = new ArrayList<>();
        table.add(
                "| W10 sales, one worker | sales/s, median | min | max | to at least once | epoch,"
                        + " ms | visible after, ms, p50 | p99 | max |");
        table.add("| --- | --: | --: | --: | --: | --: | --: | --: | --: |");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource server = postgres.getPostgresDatabase();
            addGroup(
                    table,
                    Arrays.stream(LineTarget.Promise.values())
                            .<Opening>map(promise -> () -> new LineTarget(promise, directory()))
                            .toList());
            addGroup(
                    table,
                    List.of(() -> new RowTarget(server, false), () -> new RowTarget(server, true)));
            addGroup(table, List.of(() -> new PostTarget(false), () -> new PostTarget(true)));
        }
        return table;
    }

    /* Targets of one kind, the one without a promise first; in turn, after a round of warm-up. */
    private void addGroup(List<String> table, List<Opening> openings) throws Exception {
        List<Rates> rates = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < openings.size(); i++) {
                try (SaleTarget target = openings.get(i).open()) {
                    if (round == 0) {
                        rates.add(new Rates(target.name()));
                    }
                    double rate = rate(target);
                    if (round > 0) {
                        rates.get(i).add(rate);
                    }
                }
            }
        }
        for (int i = 0; i < openings.size(); i++) {
            String line = rates.get(i).lineBeside(rates.get(0));
            for (Duration epoch : EPOCHS) {
                try (SaleTarget target = openings.get(i).open()) {
                    if (target.needsRecovery()) {
                        table.add(line + " " + epoch.toMillis() + delays(target, epoch));
                    } else if (epoch.equals(EPOCHS.get(0))) {
                        table.add(line + " none" + delays(target, epoch));
                    }
                }
                line = "| " + rates.get(i).way() + " | | | | |";
            }
        }
    }

    private double rate(SaleTarget target) throws Exception {
        int count = tiny ? 2_000 : target.manySales();
        System.gc();
        long start = System.nanoTime();
        try (Execution execution = start(target, new SaleSource(count), EPOCHS.get(0))) {
            execution.await();
        }
        long nanos = System.nanoTime() - start;
        check(target, count);
        return count * 1e9 / nanos;
    }

    private String delays(SaleTarget target, Duration epoch) throws Exception {
        int perSecond = tiny ? 1_000 : 2_000;
        int count = tiny ? 1_000 : 20_000;
        PacedSales sales = new PacedSales(count, perSecond);
        double[] millis = new double[count];
        try (Execution execution = start(target, sales, epoch)) {
            int seen = 0;
            while (seen < count && !execution.status().isFinal()) {
                long visible = target.visible();
                long now = System.nanoTime();
                for (; seen < visible; seen++) {
                    millis[seen] = (now - sales.dueNanos(seen)) / 1e6;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            execution.await();
        }
        check(target, count);
        /* The end of the input ends the last epoch early. */
        double[] sorted = Arrays.copyOf(millis, count - perSecond / 5);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                " | %.1f | %.1f | %.1f |",
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 0.99)],
                sorted[sorted.length - 1]);
    }

    private Execution start(SaleTarget target, Source<Sale> source, Duration epoch)
            throws IOException {
        Dataflow flow = Dataflow.named("sales");
        target.take(flow.input("sales", source));
        EmbeddedOptions options = EmbeddedOptions.defaults();
        return Waxwing.start(
                flow,
                target.needsRecovery()
                        ? options.withRecovery(
                                RecoveryOptions.in(directory()).withEpochInterval(epoch))
                        : options);
    }

    private static void check(SaleTarget target, int count) throws Exception {
        if (target.visible() != count) {
            throw new IllegalStateException(
                    target.name() + ": " + target.visible() + " of " + count + " are there");
        }
    }

    private Path directory() throws IOException {
        return Files.createTempDirectory(stores, "sales");
    }
}
