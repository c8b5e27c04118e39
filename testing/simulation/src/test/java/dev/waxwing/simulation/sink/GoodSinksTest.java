package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Sinks that keep their promises pass, and the kit comes to every point that their contract has.
 */
final class GoodSinksTest {

    @Test
    void transactionalTargetPasses() {
        passes("transactional target", TransactionalSubject::new);
    }

    @Test
    void idempotentTargetPasses() {
        passes("idempotent target", IdempotentSubject::new);
    }

    @Test
    void twoPhaseTargetPasses() {
        passes("two-phase target", TwoPhaseSubject::new);
    }

    @Test
    void oldWriterMayWakeWhenTwoOthersHaveBegun() {
        SinkConformance.of("two-phase target", TwoPhaseSubject::new)
                .replay("seed=2 OLD_WRITER_WAKES#1 OLD_WRITER_WAKES#3");
    }

    @Test
    void testSinkPasses() {
        passes("test sink", TestSinkSubject::new);
    }

    @Test
    void testSinkThatRepeatsPasses() {
        passes("repeating test sink", RepeatingSubject::new);
    }

    @Test
    void eachPairIsRunWhenThereIsTime() {
        SinkReport report =
                SinkConformance.of("transactional target, all pairs", TransactionalSubject::new)
                        .run(Effort.slow(1));

        assertThat(report.pairs().possible()).isGreaterThan(400);
        assertThat(report.pairs().run()).isEqualTo(report.pairs().possible());
        assertThat(report.faultsWithCrash().run()).isEqualTo(report.faultsWithCrash().possible());
    }

    private static void passes(String name, SinkSubject.Factory<String> factory) {
        SinkReport report = SinkConformance.of(name, factory).run();

        assertThat(report.failures()).isEmpty();
        assertThat(report.unreached()).isEmpty();
    }
}
