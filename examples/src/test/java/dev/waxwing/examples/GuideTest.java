package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.AppendSink;
import dev.waxwing.files.CsvFiles;
import dev.waxwing.files.FileOrder;
import dev.waxwing.files.FollowOptions;
import dev.waxwing.files.JsonFiles;
import dev.waxwing.files.OnTruncation;
import dev.waxwing.files.RollOptions;
import dev.waxwing.files.TextFiles;
import dev.waxwing.plan.core.Step;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.StoreLocation;
import dev.waxwing.render.Rendering;
import dev.waxwing.run.FileAccess;
import dev.waxwing.source.Source;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import dev.waxwing.testing.TestSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The guide's short pieces of code: they compile, and what they make is valid. */
final class GuideTest {

    private final Dataflow flow = Dataflow.named("guide");

    record Order(String id, int amount) {}

    record Event(String name) {}

    record Quake(double magnitude) {}

    @Test
    void stepHasThePolicyThatWasSaidLast() {
        var step = flow.input("in", TestSource.of(1)).map("half", n -> n / 2);

        // region policies
        step.onFailure(FailurePolicy.retry(5)); // 100 ms, 200 ms, ... between attempts, then stop
        step.onFailure(FailurePolicy.deadLetter()); // put aside at once
        step.onFailure(FailurePolicy.retry(3).withDeadLetters()); // try, then put aside
        // endregion

        step.output("out", new TestSink<Integer>());
        assertThat(flow.plan().coreSteps().get(1).policy())
                .usingRecursiveComparison()
                .isEqualTo(FailurePolicy.retry(3).withDeadLetters());
    }

    @Test
    void itemsInMemoryGoToAFunction() {
        List<Integer> amounts = new CopyOnWriteArrayList<>();

        // region in-memory
        flow.input("orders", Source.of(new Order("1", 3), new Order("2", 7)))
                .map("amount", Order::amount)
                .forEach("show", amounts::add);
        // endregion

        Waxwing.run(flow);
        assertThat(amounts).containsExactly(3, 7);
    }

    @Test
    void recoveryHasOptions() {
        var directory = Path.of("state");

        // region recovery
        var recovery =
                RecoveryOptions.in(directory) // made if missing; one dataflow a directory
                        .withEpochInterval(Duration.ofMillis(200)) // zero: after every batch
                        .withRetention(Duration.ofDays(1)); // how long older epochs are kept
        // endregion

        assertThat(recovery.store()).isEqualTo(StoreLocation.in(directory));
        assertThat(recovery.epochInterval()).hasMillis(200);
        assertThat(recovery.retention()).hasDays(1);
    }

    @Test
    void othersAreLetInByChoice() {
        var directory = Path.of("state");
        var out = Path.of("words.txt");
        var folder = Path.of("words");

        // region access
        var recovery = RecoveryOptions.in(directory).withAccess(FileAccess.UMASK);
        var lines = TextFiles.append(out).withAccess(FileAccess.UMASK);
        var parts =
                TextFiles.rolling(folder)
                        .withOptions(RollOptions.defaults().withAccess(FileAccess.UMASK));
        // endregion

        assertThat(RecoveryOptions.in(directory).access()).isEqualTo(FileAccess.OWNER);
        assertThat(recovery.access()).isEqualTo(FileAccess.UMASK);
        assertThat(lines).isNotNull();
        assertThat(parts).isNotNull();
    }

    @Test
    void rotatedLogsAreRead() {
        // region rotated
        flow.input(
                "logs",
                TextFiles.directory(Path.of("/var/log/shop"), "access.log*")
                        .withOrder(FileOrder.ROTATION));
        flow.input(
                "live",
                TextFiles.lines(Path.of("/var/log/shop/access.log"))
                        .withFollow(
                                FollowOptions.defaults().withOnTruncation(OnTruncation.RESTART)));
        // endregion

        flow.input("in", TestSource.of(1)).raises("none");
        assertThat(flow.plan().steps()).hasSize(4);
    }

    @Test
    void filesOfAllKindsAreRead() {
        // region reading
        flow.input("lines", TextFiles.lines(Path.of("access.log")));
        flow.input("places", TextFiles.numberedLines(Path.of("access.log")));
        flow.input("logs", TextFiles.directory(Path.of("/var/log/shop"), "**/*.log"));
        flow.input("tail", TextFiles.lines(Path.of("log")).withFollow(FollowOptions.defaults()));
        flow.input("rows", CsvFiles.rows(Path.of("orders.csv")).withDelimiter(';'));
        flow.input("orders", CsvFiles.records(Path.of("orders.csv"), Order.class));
        flow.input("events", JsonFiles.lines(Path.of("events.jsonl"), Event.class));
        flow.input("quakes", JsonFiles.elements(Path.of("quakes.json"), "/features", Quake.class));
        // endregion

        flow.input("in", TestSource.of(1)).raises("none");
        assertThat(flow.plan().steps()).hasSize(10);
    }

    @Test
    void filesOfAllKindsAreWritten() {
        var words = flow.input("words", TestSource.of("tea"));
        var byUser = words.keyOn("by-user", word -> word);
        var orders = flow.input("orders", TestSource.of(new Order("1", 3)));

        // region writing
        words.output("out", TextFiles.append(Path.of("words.txt")));
        byUser.output("parts", TextFiles.appendTo(Path.of("out"), 8));
        orders.output("csv", CsvFiles.append(Path.of("orders.csv"), Order.class));
        orders.output("json", JsonFiles.append(Path.of("orders.jsonl")));
        orders.output(
                "own",
                AppendSink.to(Path.of("orders.txt"), (order, line) -> line.write(order.id())));
        // endregion

        assertThat(flow.plan().steps())
                .filteredOn(step -> step.operatorName().equals("output"))
                .extracting(Step::name)
                .containsExactly("out", "parts", "csv", "json", "own");
    }

    @Test
    void filesAreRolled() {
        var words = flow.input("in-words", TestSource.of("tea"));
        var orders = flow.input("in-orders", TestSource.of(new Order("1", 3)));

        // region rolling
        words.output("words", TextFiles.rolling(Path.of("words")));
        orders.output("orders", CsvFiles.rolling(Path.of("orders"), Order.class));
        orders.output(
                "archive",
                JsonFiles.rolling(Path.of("archive"))
                        .withOptions(
                                RollOptions.defaults()
                                        .withWriters(4)
                                        .withBytesMax(64 << 20)
                                        .withPacking(RollOptions.Packing.GZIP)));
        // endregion

        assertThat(Rendering.MERMAID.of(flow.plan()))
                .contains("words (output, two-phase)", "archive (output, two-phase)");
    }
}
