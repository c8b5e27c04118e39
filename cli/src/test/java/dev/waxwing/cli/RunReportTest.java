package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.run.Execution;
import dev.waxwing.run.Execution.Counters;
import dev.waxwing.run.Execution.StepCounters;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunReportTest {

    private static final Counters NOTHING = new Counters(0, 1, 0, 0, List.of());

    private final StringWriter err = new StringWriter();

    @Test
    void nothingButTheSummaryIsWrittenToAPipe() {
        RunReport report = report(Screen.NONE, false);

        report.tick(
                () -> {
                    throw new AssertionError("counters are added up for nobody");
                });
        report.clear();

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void quietRunLeavesATerminalAlone() {
        RunReport report = report(Screen.fixed(80), true);

        report.tick(() -> NOTHING);
        report.clear();

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void lineIsDrawnOverTheLineBefore() {
        RunReport report = report(Screen.fixed(30), false);

        report.tick(() -> NOTHING);
        report.tick(() -> NOTHING);
        report.clear();
        report.clear();

        assertThat(err.toString())
                .matches("(\r\u001b\\[K0 s  in 0/s  out 0/s  epoch 1 ?){2}\r\u001b\\[K");
    }

    @Test
    void summaryTellsWhatCameTooLateAndWhatBecameDeadLetters() {
        var counters =
                new Counters(
                        0,
                        1,
                        0,
                        0,
                        List.of(
                                new StepCounters(
                                        "f.n",
                                        "stateful",
                                        9,
                                        Map.of(),
                                        0,
                                        0,
                                        3,
                                        1_002,
                                        0,
                                        Map.of())));

        report(Screen.NONE, false).ended(Execution.Status.COMPLETED, counters);

        assertThat(err.toString()).contains(" 0 items out, 1,002 late, 3 dead, decided up to");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void lineIsCutBeforeTheLastColumn(int columns) {
        report(Screen.fixed(columns), false).tick(() -> NOTHING);

        assertThat(err.toString())
                .isEqualTo("\r\u001b[K" + "0 s  in 0/s  out 0/s".substring(0, columns - 1));
    }

    private RunReport report(Screen screen, boolean quiet) {
        var writer = new PrintWriter(err);
        return new RunReport(
                new Surroundings(Reader.nullReader(), writer, writer, screen, screen, Map.of()),
                quiet,
                "flow");
    }
}
