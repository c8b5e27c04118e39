package dev.waxwing.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.source.PollingSource.Poller;
import dev.waxwing.source.PollingSource.RetryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PollingSourceTest {

    private static final Instant FOUR = Instant.parse("2026-03-01T04:00:00Z");
    private static final Instant QUARTER_PAST_FIVE = Instant.parse("2026-03-01T05:15:00Z");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private Instant now = QUARTER_PAST_FIVE;
    private final List<Object> emitted = new ArrayList<>();

    @Test
    void firstPollIsAtOnce() throws Exception {
        assertThat(open(new Numbers(null), null).nextAwake()).isEqualTo(QUARTER_PAST_FIVE);
    }

    @Test
    void pollerThatHasMoreIsAskedAgainAtOnceAndThenAnIntervalAfterThePoll() throws Exception {
        var partition = open(new Numbers(null), 7L);

        poll(partition);
        assertThat(partition.nextAwake()).isEqualTo(QUARTER_PAST_FIVE);
        poll(partition);

        assertThat(emitted).containsExactly(7L, 8L);
        assertThat(partition.nextAwake()).isEqualTo(QUARTER_PAST_FIVE.plus(HALF_AN_HOUR));
    }

    @Test
    void alignedPollIsAtTheNextMark() throws Exception {
        assertThat(open(new Numbers(FOUR), null).nextAwake())
                .isEqualTo(Instant.parse("2026-03-01T05:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
    void alignedPollsAreAnIntervalApartOverTheChangesOfAZone(String zone) throws Exception {
        ZoneId id = ZoneId.of(zone);
        Instant year = LocalDate.of(2026, 1, 1).atStartOfDay(id).toInstant();
        Instant spring = id.getRules().nextTransition(year).getInstant();
        Instant autumn = id.getRules().nextTransition(spring).getInstant();
        for (Instant change : List.of(spring, autumn)) {
            Instant midnight = change.atZone(id).toLocalDate().atStartOfDay(id).toInstant();
            now = change.minusSeconds(3_599);
            var partition = open(new Numbers(midnight), null);
            Instant next = Objects.requireNonNull(partition.nextAwake());
            for (int polls = 0; polls < 6; polls++) {
                assertThat(Duration.between(midnight, next).toMinutes() % 30).isZero();
                now = next;
                poll(partition);
                poll(partition);
                assertThat(partition.nextAwake()).isEqualTo(next.plus(HALF_AN_HOUR));
                next = next.plus(HALF_AN_HOUR);
            }
            assertThat(next).isAfter(change);
        }
    }

    @Test
    void alignedPollOnAMarkIsAtOnce() throws Exception {
        now = Instant.parse("2026-03-01T05:00:00Z");

        assertThat(open(new Numbers(FOUR), null).nextAwake()).isEqualTo(now);
    }

    @Test
    void alignmentToATimeToComeCountsBackwards() throws Exception {
        now = FOUR.minus(Duration.ofMinutes(50));

        assertThat(open(new Numbers(FOUR), null).nextAwake()).isEqualTo(FOUR.minus(HALF_AN_HOUR));
    }

    @Test
    void nextPollIsAnIntervalAfterTheScheduledTimeHoweverLateThePollWas() throws Exception {
        var partition = open(new Numbers(null), null);

        now = QUARTER_PAST_FIVE.plusSeconds(10);
        poll(partition);

        assertThat(partition.nextAwake()).isEqualTo(QUARTER_PAST_FIVE.plus(HALF_AN_HOUR));
    }

    @Test
    void pollsThatWereMissedAreLeftOut() throws Exception {
        var partition = open(new Numbers(null), null);

        now = QUARTER_PAST_FIVE.plus(Duration.ofMinutes(100));
        poll(partition);
        poll(partition);

        assertThat(emitted).containsExactly(0L);
        assertThat(partition.nextAwake()).isEqualTo(QUARTER_PAST_FIVE.plus(Duration.ofHours(2)));
    }

    @Test
    void clockThatIsSetBackKeepsNoPollWaitingForMoreThanAnInterval() throws Exception {
        var partition = open(new Numbers(null), null);
        poll(partition);

        now = QUARTER_PAST_FIVE.minus(Duration.ofHours(9));
        assertThat(partition.nextAwake()).isEqualTo(now.plus(HALF_AN_HOUR));
        now = now.plus(HALF_AN_HOUR);
        poll(partition);

        assertThat(emitted).containsExactly(0L, 1L);
    }

    @Test
    void alignedPollsFallOnTheMarksOfAClockThatWasSetBack() throws Exception {
        var partition = open(new Numbers(FOUR), null);
        now = Instant.parse("2026-03-01T05:30:00Z");
        poll(partition);

        now = Instant.parse("2026-03-01T02:15:00Z");
        poll(partition);

        assertThat(emitted).containsExactly(0L);
        assertThat(partition.nextAwake()).isEqualTo(Instant.parse("2026-03-01T02:30:00Z"));
    }

    @Test
    void retryOfAPollThatWasLateIsCountedFromThePoll() throws Exception {
        var partition = open(new Numbers(null, 0L), null);

        now = QUARTER_PAST_FIVE.plusSeconds(300);
        poll(partition);

        assertThat(partition.nextAwake()).isEqualTo(now.plusSeconds(5));
    }

    @Test
    void retryAsksAgainAfterItsTimeAndEmitsNothing() throws Exception {
        var partition = open(new Numbers(null, 0L), null);

        poll(partition);

        assertThat(emitted).isEmpty();
        assertThat(partition.nextAwake()).isEqualTo(QUARTER_PAST_FIVE.plusSeconds(5));
    }

    @Test
    void retryOfALatePollIsAsLongAfterIt() throws Exception {
        var partition = open(new Numbers(null, 0L), null);
        now = QUARTER_PAST_FIVE.plus(Duration.ofMinutes(10));

        poll(partition);

        assertThat(partition.nextAwake())
                .isEqualTo(QUARTER_PAST_FIVE.plus(Duration.ofMinutes(10)).plusSeconds(5));
    }

    @Test
    void clockThatIsSetBackDelaysNoPollByMoreThanItsWait() {
        PollTimes times = PollTimes.from(() -> now, HALF_AN_HOUR, null, "flow.in");
        times.planInterval();

        now = now.minus(Duration.ofHours(3));
        assertThat(times.isDue()).isFalse();
        now = now.plus(HALF_AN_HOUR);

        assertThat(times.isDue()).isTrue();
    }

    @Test
    void nullIsNoItem() throws Exception {
        PollingSource<Long, Boolean> nothing = PollingSource.every(HALF_AN_HOUR, () -> null);

        assertThat(poll(nothing.buildPart("flow.in", "singleton", null)))
                .isEqualTo(SourceStatus.OPEN);
        assertThat(emitted).isEmpty();
    }

    @Test
    void resumeGoesOnAfterTheLastItem() throws Exception {
        var source = new Numbers(null);
        var first = open(source, null);
        poll(first);
        Long position = first.snapshot();

        poll(open(source, position));

        assertThat(emitted).containsExactly(0L, 1L);
    }

    @Test
    void endedPollerEndsThePartitionAfterItsLastItem() throws Exception {
        var partition = open(new Numbers(null), 9L);

        assertThat(poll(partition)).isEqualTo(SourceStatus.ENDED);
        assertThat(emitted).containsExactly(9L);
    }

    @Test
    void closesItsPoller() throws Exception {
        var source = new Numbers(null);

        open(source, null).close();

        assertThat(source.closed).isEqualTo(1);
    }

    @Test
    void hasOnePartition() throws Exception {
        assertThat(new Numbers(null).listParts()).containsExactly("singleton");
    }

    @Test
    void intervalOfZeroIsRefused() {
        assertThatThrownBy(() -> PollingSource.every(Duration.ZERO, () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than zero, but was PT0S");
    }

    private static StatefulSourcePartition<Long, Long> open(Numbers source, @Nullable Long position)
            throws Exception {
        return source.buildPart("flow.in", "singleton", position);
    }

    private SourceStatus poll(SourcePartition<Long> partition) throws Exception {
        return partition.nextBatch(
                new SourceEmitter<>() {
                    @Override
                    public void emit(Long item) {
                        emitted.add(item);
                    }

                    @Override
                    public void reject(Object raw, Exception cause) {
                        throw new AssertionError(raw + " was rejected", cause);
                    }
                });
    }

    /** Gives 0 to 9, 7 and 8 together; asks to be polled again after 5 s before some of them. */
    private final class Numbers implements PollingSource<Long, Long> {

        private static final long serialVersionUID = 1L;

        private final @Nullable Instant alignTo;
        private final List<Long> retries;
        int closed;

        Numbers(@Nullable Instant alignTo, Long... retries) {
            this.alignTo = alignTo;
            this.retries = List.of(retries);
        }

        @Override
        public Duration interval() {
            return HALF_AN_HOUR;
        }

        @Override
        public @Nullable Instant alignTo() {
            return alignTo;
        }

        @Override
        public InstantSource clock() {
            return () -> now;
        }

        @Override
        public Poller<Long, Long> open(@Nullable Long resumeState) {
            return new Poller<>() {
                private long next = Objects.requireNonNullElse(resumeState, 0L);

                @Override
                public Long nextItem() throws RetryException {
                    if (retries.contains(next)) {
                        throw new RetryException(Duration.ofSeconds(5));
                    }
                    return next++;
                }

                @Override
                public boolean hasMore() {
                    return next == 8;
                }

                @Override
                public boolean isEnded() {
                    return next == 10;
                }

                @Override
                public Long snapshot() {
                    return next;
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }
    }
}
