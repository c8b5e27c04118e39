package dev.waxwing.windowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionWindowerTest {

    private static final Instant NINE = Instant.parse("2022-01-01T09:00:00Z");

    private final WindowerLogic<SessionWindower.Sessions> windower =
            SessionWindower.of(Duration.ofSeconds(10)).build(null);

    private static long micros(int second) {
        return Micros.of(NINE.plusSeconds(second));
    }

    private static WindowResult.Metadata session(long id, int open, int close, Long... merged) {
        return new WindowResult.Metadata(id, micros(open), micros(close), List.of(merged));
    }

    private static SessionWindower.Sessions sessions(
            long highestId, WindowResult.Metadata... open) {
        return new SessionWindower.Sessions(highestId, List.of(open));
    }

    @Test
    void w18_firstValueOpensSessionZero() {
        assertThat(windower.openFor(micros(0))).containsExactly(0);

        assertThat(windower.snapshot()).isEqualTo(sessions(0, session(0, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 5", "10, 0, 10", "-5, -5, 0", "-10, -10, 0"})
    void w19_valueWithinOrExactlyAtTheGapExtendsTheSession(int second, int open, int close) {
        windower.openFor(micros(0));

        assertThat(windower.openFor(micros(second))).containsExactly(0);

        assertThat(windower.merged()).isEmpty();
        assertThat(windower.snapshot()).isEqualTo(sessions(0, session(0, open, close)));
    }

    @Test
    void w20_valueWithinTheSessionLeavesItsBounds() {
        windower.openFor(micros(0));
        windower.openFor(micros(10));

        assertThat(windower.openFor(micros(4))).containsExactly(0);

        assertThat(windower.snapshot()).isEqualTo(sessions(0, session(0, 0, 10)));
    }

    @ParameterizedTest
    @CsvSource({"11", "-11"})
    void valueBeyondTheGapOpensAnotherSession(int second) {
        windower.openFor(micros(0));

        assertThat(windower.openFor(micros(second))).containsExactly(1);
    }

    @Test
    void w21_valueBetweenTwoSessionsMakesThemOne() {
        windower.openFor(micros(0));
        windower.openFor(micros(20));

        assertThat(windower.openFor(micros(10))).containsExactly(0);

        assertThat(windower.merged()).containsExactly(new WindowerLogic.Merge(1, 0));
        assertThat(windower.merged()).isEmpty();
        assertThat(windower.snapshot()).isEqualTo(sessions(1, session(0, 0, 20, 1L)));
    }

    @Test
    void earlierSessionRemainsWhateverItsId() {
        windower.openFor(micros(20));
        windower.openFor(micros(0));

        long[] named = windower.openFor(micros(10));

        assertThat(named).containsExactly(0);
        assertThat(windower.merged()).containsExactly(new WindowerLogic.Merge(0, 1));
        assertThat(windower.snapshot()).isEqualTo(sessions(1, session(1, 0, 20, 0L)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 20       | ",
                "0 5        | 1>0",
                "0 10       | 1>0",
                "0 5 10     | 1>0 2>0",
                "0 20 25 40 | 2>1"
            })
    void w22_sessionsNearerThanTheGapAreFound(
            String opens, @org.jspecify.annotations.Nullable String merges) {
        List<WindowResult.Metadata> stored = new ArrayList<>();
        for (String open : opens.split(" ", -1)) {
            int second = Integer.parseInt(open);
            stored.add(session(stored.size(), second, second));
        }
        var resumed =
                SessionWindower.of(Duration.ofSeconds(10))
                        .build(new SessionWindower.Sessions(stored.size() - 1, stored));

        resumed.openFor(stored.get(0).openMicros());

        assertThat(
                        resumed.merged().stream()
                                .map(merge -> merge.from() + ">" + merge.into())
                                .toList())
                .isEqualTo(merges == null ? List.of() : List.of(merges.split(" ", -1)));
    }

    @Test
    void idsOfMergedSessionsGoOnToTheNextMerge() {
        windower.openFor(micros(40));
        windower.openFor(micros(20));
        windower.openFor(micros(30));
        windower.openFor(micros(0));
        windower.openFor(micros(10));

        assertThat(windower.snapshot()).isEqualTo(sessions(2, session(2, 0, 40, 1L, 0L)));
    }

    @Test
    void w23_sessionClosesStrictlyAfterTheGap() {
        windower.openFor(micros(0));

        assertThat(windower.closesAt()).isEqualTo(micros(10) + 1);
        assertThat(windower.closesAt(0)).isEqualTo(micros(10) + 1);
        assertThat(windower.closeFor(micros(10))).isEmpty();
        assertThat(windower.closeFor(micros(10) + 1)).containsExactly(session(0, 0, 0));
        assertThat(windower.closesAt()).isEqualTo(Micros.END_OF_TIME);
    }

    @Test
    void sessionsCloseInOrderOfTheirEnds() {
        windower.openFor(micros(100));
        windower.openFor(micros(50));

        assertThat(windower.closeFor(Micros.END_OF_TIME))
                .containsExactly(session(1, 50, 50), session(0, 100, 100));
    }

    @Test
    void idsAreNotUsedAgainAfterTheLastSessionHasClosed() {
        windower.openFor(micros(0));
        windower.closeFor(Micros.END_OF_TIME);

        var resumed = SessionWindower.of(Duration.ofSeconds(10)).build(windower.snapshot());

        assertThat(resumed.openFor(micros(100))).containsExactly(1);
    }

    @Test
    void w24_negativeGapIsRefused() {
        assertThatThrownBy(() -> SessionWindower.of(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gap must be zero or longer, but was PT-1S");
    }

    @Test
    void gapBetweenMicrosecondsIsRefused() {
        assertThatThrownBy(() -> SessionWindower.of(Duration.ofNanos(1)))
                .hasMessage("gap must be in whole microseconds, but was PT0.000000001S");
    }

    @Test
    void withoutAGapOnlyEqualTimesShareASession() {
        var instants = SessionWindower.of(Duration.ZERO).build(null);

        assertThat(instants.openFor(micros(0))).containsExactly(0);
        assertThat(instants.openFor(micros(0))).containsExactly(0);
        assertThat(instants.openFor(micros(0) + 1)).containsExactly(1);
    }

    @Test
    void w25_sessionOfALateValueIsNotKnown() {
        assertThat(windower.lateFor(micros(0))).containsExactly(SessionWindower.LATE_ID);
        assertThat(windower.snapshot()).isEqualTo(sessions(-1));
    }

    @Test
    void farthestTimesAndGapsDoNotOverflow() {
        var one = SessionWindower.of(Duration.ofSeconds(Long.MAX_VALUE)).build(null);

        one.openFor(Micros.of(Instant.MIN));
        one.openFor(0);
        assertThat(one.openFor(Micros.of(Instant.MAX))).containsExactly(0);
        assertThat(one.closeFor(Micros.of(Instant.MAX))).isEmpty();
        assertThat(one.closeFor(Micros.END_OF_TIME)).hasSize(1);
    }
}
