package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waxwing.sink.SinkContract;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each oracle accepts what may be and says of the rest what is wrong. */
final class OraclesTest {

    private static final SinkItem A1 = new SinkItem("a", 1);
    private static final SinkItem A2 = new SinkItem("a", 2);
    private static final SinkItem A3 = new SinkItem("a", 3);
    private static final Verdict VERDICT =
            (oracle, what) -> {
                throw new Broken(oracle, what);
            };

    private final Journal journal = new Journal(VERDICT);
    private final Positions positions = new Positions(VERDICT);

    @Test
    void epochThatIsCommittedIsSeenAsAWhole() {
        commit(1, A1, A2);

        journal.check(List.of(A1, A2), true);

        broken(Oracle.COMMITTED_STAYS, "a:2 of epoch 1", () -> journal.check(List.of(A1), true));
    }

    @Test
    void epochThatIsBeingCommittedIsSeenAsAWholeOrNotAtAll() {
        journal.onDecided(1);
        journal.asked("p", 1, List.of(A1, A2), 1);

        journal.check(List.of(), true);
        journal.check(List.of(A1, A2), true);

        broken(
                Oracle.WHOLE_EPOCHS,
                "a reader sees only [a:2]",
                () -> journal.check(List.of(A2), true));
    }

    @Test
    void itemsThatMaySucceedOneByOneAreSeenInPart() {
        journal.onDecided(1);
        journal.asked("p", 1, List.of(A1, A2), 0);

        journal.check(List.of(A2), true);
    }

    @Test
    void itemIsSeenOnce() {
        commit(1, A1);

        broken(
                Oracle.EXACTLY_ONCE,
                "a:1 is visible twice",
                () -> journal.check(List.of(A1, A1), true));
        broken(
                Oracle.EXACTLY_ONCE,
                "a:3 is visible, though nobody has written it",
                () -> journal.check(List.of(A1, A3), true));
    }

    @Test
    void nothingIsSeenOfAnEpochThatIsNotDecided() {
        journal.staged(List.of(A1));

        broken(
                Oracle.DECIDED_FIRST,
                "a:1 is visible, though no epoch",
                () -> journal.check(List.of(A1), true));
        broken(Oracle.DECIDED_FIRST, "0 is decided", () -> journal.asked("p", 1, List.of(A1), 1));
    }

    @Test
    void orderIsThatInWhichWasWritten() {
        commit(1, A1, A2);
        commit(2, A3);

        journal.check(List.of(A1, A2, A3), true);
        journal.check(List.of(A3, A2, A1), false);

        broken(Oracle.ORDER, "a:1 of epoch 1", () -> journal.check(List.of(A2, A1, A3), true));
        broken(Oracle.ORDER, "a:1 of epoch 1", () -> journal.check(List.of(A3, A1, A2), true));
    }

    @Test
    void itemIsInOneEpochOnly() {
        commit(1, A1);
        journal.onDecided(2);

        broken(
                Oracle.LEDGER,
                "a:1 is in epoch 1 of partition 'p' and again",
                () -> journal.asked("p", 2, List.of(A1), 1));
    }

    @Test
    void epochIsTheSameEachTimeItIsSent() {
        journal.onDecided(1);
        journal.asked("p", 1, List.of(A1, A2), 1);

        broken(
                Oracle.LEDGER,
                "was [a:1, a:2] when it was sent first",
                () -> journal.asked("p", 1, List.of(A1), 1));
    }

    @Test
    void readerOfPositionsSeesTheBeginningOfWhatIsDecided() {
        positions.wrote("p", List.of(A1, A2));
        positions.snapshot("p");
        positions.onDecided();
        positions.wrote("p", List.of(A3));

        positions.check(List.of(A1));

        broken(Oracle.DECIDED_FIRST, "a:3 is visible", () -> positions.check(List.of(A1, A2, A3)));
        broken(Oracle.ORDER, "a reader sees [a:2]", () -> positions.check(List.of(A2)));
    }

    @Test
    void atTheEndNothingIsMissingAndNothingDoubled() {
        FinalChecks checks = checks(SinkContract.TRANSACTIONAL);

        checks.multiset(List.of(A2, A1));

        broken(Oracle.EXACTLY_ONCE, "[a:2] are missing", () -> checks.multiset(List.of(A1)));
        broken(
                Oracle.EXACTLY_ONCE,
                "[a:1] are there too often",
                () -> checks.multiset(List.of(A1, A1, A2)));
    }

    @Test
    void atLeastOnceMayRepeatButNotInvent() {
        FinalChecks checks = checks(SinkContract.AT_LEAST_ONCE);

        checks.multiset(List.of(A1, A1, A2));

        broken(
                Oracle.EXACTLY_ONCE,
                "[a:3] are there too often",
                () -> checks.multiset(List.of(A1, A2, A3)));
    }

    @Test
    void atTheEndNothingIsLeftBehind() {
        FinalChecks checks = checks(SinkContract.TWO_PHASE);

        checks.garbage(List.of(), List.of());

        broken(Oracle.NO_GARBAGE, "[x.tmp]", () -> checks.garbage(List.of("x.tmp"), List.of()));
        broken(Oracle.NO_GARBAGE, "[box]", () -> checks.garbage(List.of(), List.of("box")));
    }

    @Test
    void ledgerBalancesWhenAllThatWasReadIsCommitted() {
        FinalChecks checks = checks(SinkContract.TRANSACTIONAL);
        commit(1, A1);

        broken(
                Oracle.LEDGER,
                "2 items were read, but 1 were committed",
                () -> checks.ledger(journal));

        journal.onDecided(2);
        journal.asked("p", 2, List.of(A2), 1);

        broken(Oracle.LEDGER, "has committed 0", () -> checks.ledger(journal));
    }

    private static FinalChecks checks(SinkContract contract) {
        return new FinalChecks(contract, List.of(A1, A2), true, VERDICT);
    }

    private void commit(long epoch, SinkItem... items) {
        journal.onDecided(epoch);
        Entry entry = journal.asked("p", epoch, List.of(items), 1);
        entry.committed.addAll(List.of(items));
    }

    private static void broken(Oracle oracle, String what, ThrowingCallable check) {
        @Nullable Broken broken = catchThrowableOfType(Broken.class, check);

        assertThat(broken).isNotNull();
        assertThat(broken.oracle).isEqualTo(oracle);
        assertThat(broken).hasMessageContaining(what);
    }

    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Oracle oracle;

        Broken(Oracle oracle, String what) {
            super(what);
            this.oracle = oracle;
        }
    }
}
