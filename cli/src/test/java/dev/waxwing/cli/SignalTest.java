package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** X13 and X14: what signals do to a run. Needs real processes and real time. */
final class SignalTest {

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"INT, 1", "INT, 2", "TERM, 1", "TERM, 2"})
    void x13_x14_firstSignalEndsTheEpochAndTheNextRunGoesOn(String signal, int workers)
            throws Exception {
        String out = directory.resolve("out").toString();

        for (int run = 1; run <= 2; run++) {
            try (ChildJvm child = start("-w", "" + workers, "-r", store(), endless(), out)) {
                child.awaitGrowth(Path.of(out));
                child.signal(signal);

                assertThat(child.exitCode()).as(child.err()).isEqualTo(ExitCodes.OK);
                assertThat(child.err())
                        .contains("waxwing: stopping at the end of this epoch; ")
                        .contains("waxwing: dataflow 'endless' stopped after ");
            }
            long last = decidedNumber();
            assertThat(Files.readAllLines(Path.of(out)))
                    .isEqualTo(LongStream.rangeClosed(1, last).mapToObj(Long::toString).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void secondSignalAborts(String signal, int code) throws Exception {
        Path sign = directory.resolve("sign");
        try (ChildJvm child = start(Flows.class.getName() + ":waiting", sign.toString())) {
            child.awaitGrowth(sign);
            child.signal(signal);
            child.awaitError("stopping at the end of this epoch");
            child.signal(signal);

            assertThat(child.exitCode()).isEqualTo(code);
            assertThat(child.err())
                    .contains("waxwing: aborting\n", "dataflow 'waiting' aborted after");
        }
    }

    @Test
    void codeThatHeedsNoAbortIsLeftBehind() throws Exception {
        Path sign = directory.resolve("sign");
        try (ChildJvm child = start(Flows.class.getName() + ":deaf", sign.toString())) {
            child.awaitGrowth(sign);
            child.signal("INT");
            child.awaitError("stopping at the end of this epoch");
            child.signal("TERM");

            assertThat(child.exitCode()).isEqualTo(143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "deaf"})
    void stopThatTakesTooLongBecomesAnAbort(String flow) throws Exception {
        Path sign = directory.resolve("sign");
        String method = Flows.class.getName() + ":" + flow;
        try (ChildJvm child = start("--stop-timeout=100ms", method, sign.toString())) {
            child.awaitGrowth(sign);
            child.signal("TERM");

            assertThat(child.exitCode()).isEqualTo(143);
        }
    }

    private ChildJvm start(String... args) throws Exception {
        List<String> all = new ArrayList<>(List.of(args));
        all.add(0, "run");
        return ChildJvm.start(directory, all);
    }

    private static String endless() {
        return Flows.class.getName() + ":endless";
    }

    private String store() {
        return directory.resolve("store").toString();
    }

    private long decidedNumber() {
        List<String> positions = new ArrayList<>();
        try (StoreReader reader = SqliteRecoveryStore.read(Path.of(store()))) {
            new StoreEntries(reader)
                    .forEach(
                            reader.decidedEpoch(),
                            entry -> {
                                if (entry.state().stepPath().equals("endless.numbers")) {
                                    positions.add(entry.value());
                                }
                            });
        }
        assertThat(positions).hasSize(1);
        return Long.parseLong(positions.get(0));
    }
}
