package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.step.StepFailedException;
import dev.waxwing.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShoppingCartsTest {

    private static final int USERS = 10;
    private static final int PUTS = 3_000;
    private static final int BAD = 2_500;

    @TempDir private Path directory;

    private Path file;
    private Path orders;
    private Path rejected;

    @BeforeEach
    void namesFiles() {
        file = directory.resolve("actions.jsonl");
        orders = directory.resolve("orders.jsonl");
        rejected = directory.resolve("rejected.jsonl");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void badLineStopsAndResumingAfterAFixGivesTheRightTotals(int workers) throws Exception {
        var options = options(workers);
        var lines = lines();

        Files.write(file, with(lines, "{\"user\":\"u1\",\"item\":\"mistake\"}"));
        assertThatThrownBy(() -> Waxwing.run(ShoppingCarts.flow(file, orders), options))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("shopping-carts.action")
                .hasMessageContaining("mistake");

        Files.write(file, lines);
        var read = linesReadBy(ShoppingCarts.flow(file, orders), options);

        assertThat(read).isLessThan(lines.size());
        assertThat(totals()).containsExactlyInAnyOrderElementsOf(expectedTotals());
    }

    @Test
    void lineThatIsNoJsonStopsWithItsNumber() throws IOException {
        Files.write(file, with(lines(), "{\"user\":"));

        assertThatThrownBy(() -> Waxwing.run(ShoppingCarts.flow(file, orders), options(1)))
                .hasMessageContaining("shopping-carts.lines")
                .hasMessageContaining("line " + (BAD + 1));
    }

    @Test
    void badLinesArePutAsideAndAllOthersCount() throws IOException {
        Files.write(file, with(with(lines(), "{\"user\":"), "{\"item\":\"of nobody\"}"));

        Waxwing.run(ShoppingCarts.flowWithDeadLetters(file, orders, rejected), options(2));

        assertThat(totals()).containsExactlyInAnyOrderElementsOf(expectedTotals());
        assertThat(Files.readAllLines(rejected))
                .hasSize(2)
                .anyMatch(line -> line.contains("shopping-carts.lines"))
                .anyMatch(line -> line.contains("shopping-carts.action"));
    }

    @Test
    void ordersAreInOrderOfCheckout() throws IOException {
        ShippedFile.copy("actions.jsonl", file);

        TestRun.of(ShoppingCarts.flow(file, orders)).withEpochAfterEachBatch().run();

        assertThat(Files.readAllLines(orders))
                .satisfiesExactly(
                        ada -> assertThat(ada).contains("\"ada\"", "\"total\":470"),
                        bob -> assertThat(bob).contains("\"bob\"", "\"total\":590"),
                        cleo -> assertThat(cleo).contains("\"cleo\"", "\"total\":505"),
                        again -> assertThat(again).contains("\"ada\"", "\"total\":590"));
    }

    private EmbeddedOptions options(int workers) {
        return EmbeddedOptions.defaults()
                .withWorkers(workers)
                .withRecovery(
                        RecoveryOptions.in(directory.resolve("state"))
                                .withEpochInterval(Duration.ZERO));
    }

    private static long linesReadBy(Dataflow flow, EmbeddedOptions options) throws Exception {
        try (var execution = Waxwing.start(flow, options)) {
            execution.await();
            return execution.counters().itemsIn();
        }
    }

    /** Each of the users puts things of 1, 2, 3… cents into the cart and then buys them. */
    private static List<String> lines() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < PUTS; i++) {
            lines.add(
                    "{\"user\":\"u%d\",\"item\":\"i%d\",\"price\":%d}"
                            .formatted(i % USERS, i, i + 1));
        }
        for (int user = 0; user < USERS; user++) {
            lines.add("{\"user\":\"u%d\",\"checkout\":true}".formatted(user));
        }
        return lines;
    }

    private static List<String> with(List<String> lines, String bad) {
        var all = new ArrayList<>(lines);
        all.add(BAD, bad);
        return all;
    }

    private List<String> totals() throws IOException {
        try (var all = Files.lines(orders)) {
            return all.map(
                            line ->
                                    line.replaceFirst(
                                            ".*\"user\":\"(u\\d)\".*\"total\":(\\d+).*", "$1 $2"))
                    .toList();
        }
    }

    private static List<String> expectedTotals() {
        return IntStream.range(0, USERS)
                .mapToObj(
                        user ->
                                "u"
                                        + user
                                        + " "
                                        + IntStream.range(0, PUTS)
                                                .filter(i -> i % USERS == user)
                                                .mapToLong(i -> i + 1)
                                                .sum())
                .toList();
    }
}
