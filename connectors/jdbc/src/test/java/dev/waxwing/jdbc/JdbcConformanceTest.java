package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.simulation.sink.SinkConformance;
import dev.waxwing.simulation.sink.SinkReport;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The sink keeps its promise at every point of the kit where an execution can crash. */
final class JdbcConformanceTest {

    @Test
    void keepsItsPromiseOnH2WhateverCrashes() {
        SinkReport report = SinkConformance.of("jdbc on h2", JdbcConformanceTest::onH2).run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
    }

    @Test
    void keepsItsPromiseOnPostgresWhateverCrashes() {
        SinkReport report =
                SinkConformance.of(
                                "jdbc on postgresql",
                                () -> new JdbcSubject(Schema.empty().source(), "bigserial"))
                        .withRunsMax(100)
                        .run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
    }

    private static JdbcSubject onH2() throws Exception {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=100");
        return new JdbcSubject(source, "bigint generated always as identity");
    }
}
