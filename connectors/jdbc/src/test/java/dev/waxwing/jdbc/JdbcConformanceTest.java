package dev.waxwing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.simulation.sink.SinkConformance;
import dev.waxwing.simulation.sink.SinkReport;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteDataSource;

/** The sink keeps its promise at every point of the kit where an execution can crash. */
final class JdbcConformanceTest {

    private static final int RUNS_IN_MEMORY = Boolean.getBoolean("waxwing.slow") ? 10_000 : 300;
    private static final int RUNS_OF_A_SERVER = 100;
    private static final int RUNS_OF_A_FILE = 100;

    @TempDir private static Path directory;

    private static final AtomicInteger FILES = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void keepsItsPromiseOnH2WhateverCrashes(JdbcSubject.Form form) {
        passes(
                SinkConformance.of("jdbc on h2, " + form, () -> onH2(form))
                        .withRunsMax(RUNS_IN_MEMORY));
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsPromiseOnPostgresWhateverCrashes(JdbcSubject.Form form) {
        passes(
                SinkConformance.of("jdbc on postgresql, " + form, () -> onPostgres(form))
                        .withRunsMax(RUNS_OF_A_SERVER));
    }

    @Test
    void keepsItsPromiseOnSqliteWhateverCrashes() {
        passes(
                SinkConformance.of("jdbc on sqlite", JdbcConformanceTest::onSqlite)
                        .withRunsMax(RUNS_OF_A_FILE));
    }

    private static void passes(SinkConformance<String> suite) {
        SinkReport report = suite.run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
    }

    private static JdbcSubject onH2(JdbcSubject.Form form) throws Exception {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=100");
        return new JdbcSubject(source, "bigint generated always as identity", form);
    }

    private static JdbcSubject onPostgres(JdbcSubject.Form form) throws Exception {
        return new JdbcSubject(Schema.empty().source(), "bigserial", form);
    }

    private static JdbcSubject onSqlite() throws Exception {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve(FILES.incrementAndGet() + ".db"));
        source.setBusyTimeout(100);
        source.setJournalMode("WAL");
        return new JdbcSubject(source, "integer primary key", JdbcSubject.Form.APPENDED);
    }
}
