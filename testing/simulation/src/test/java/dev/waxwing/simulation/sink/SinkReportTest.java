package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.SinkContract;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A program reads the report. */
final class SinkReportTest {

    @Test
    void reportIsJsonInAnOrderThatIsAlwaysTheSame() {
        SinkReport report =
                new SinkReport(
                        "a \"b\"\n",
                        SinkContract.TRANSACTIONAL,
                        new SinkReport.Counts(
                                5, 2, 4, new SinkReport.Pairs(3, 9), new SinkReport.Pairs(2, 7)),
                        new SinkReport.Reached(
                                Map.of(CrashPoint.IN_BATCH, 2, CrashPoint.BEFORE_FIRST_WRITE, 1),
                                Map.of(TargetFault.RESET, 1),
                                Map.of("TORN_DONE", "because"),
                                Set.of("TORN_SNAPSHOT", "REPLY_LATE")),
                        List.of("ORDER seed=1"));

        assertThat(report.toJson())
                .isEqualTo(
                        """
                        {
                          "sink": "a \\"b\\"\\u000a",
                          "contract": "TRANSACTIONAL",
                          "runs": 5,
                          "seeds": 2,
                          "singles": 4,
                          "pairs": {"run": 3, "possible": 9},
                          "faultsWithCrash": {"run": 2, "possible": 7},
                          "points": {"BEFORE_FIRST_WRITE": 1, "IN_BATCH": 2},
                          "faults": {"RESET": 1},
                          "notApplicable": {
                            "TORN_DONE": "because"},
                          "unreached": ["REPLY_LATE", "TORN_SNAPSHOT"],
                          "failures": ["ORDER seed=1"]
                        }
                        """);
    }
}
