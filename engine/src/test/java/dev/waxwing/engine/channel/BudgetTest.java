package dev.waxwing.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BudgetTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private long nanos;
    private int reads;
    private final Budget budget =
            new Budget(
                    () -> {
                        reads++;
                        return nanos;
                    },
                    new Pace(10 * MILLI, 50 * MILLI, 1_000));

    @Test
    void itIsUsedUpWhenItsTimeIs() {
        assertThat(itemsOf(MILLI)).isEqualTo(10);
    }

    @Test
    void thereIsTimeForTheFirstItemHoweverLongItTakes() {
        assertThat(itemsOf(1_000 * MILLI)).isEqualTo(1);
        assertThat(itemsOf(1_000 * MILLI)).isEqualTo(1);
    }

    @Test
    void clockIsReadOnceInAboutTheTimeOfAThousandReadings() {
        itemsOf(MICRO);
        reads = 0;

        assertThat(itemsOf(MICRO)).isBetween(10_000L, 10_100L);
        assertThat(reads).isBetween(300, 500);
    }

    @Test
    void clockIsReadAfterEachItemThatIsDear() {
        itemsOf(MICRO);
        budget.begin(0);
        long count = 0;
        while (budget.allows(count)) {
            count++;
            nanos += count < 100 ? MICRO : 5 * MILLI;
        }

        assertThat(count).isLessThan(100 + 26);
    }

    @Test
    void nothingMoreIsBegunWhenThereIsNoRoomForIt() {
        budget.begin(0);

        budget.exhaust();

        assertThat(budget.allows(0)).isFalse();
        assertThat(budget.isSpent()).isTrue();
        budget.begin(0);
        assertThat(budget.allows(0)).isTrue();
    }

    @Test
    void countThatBeginsAnewChangesNothing() {
        budget.begin(0);
        long all = 0;
        for (long count = 0; budget.allows(count); all++) {
            nanos += MILLI;
            if (++count == 3) {
                budget.countAnew(count);
                count = 0;
            }
        }

        assertThat(all).isEqualTo(10);
    }

    @Test
    void withoutALimitItIsNeverUsedUp() {
        Budget unlimited = Budget.unlimited();
        unlimited.begin(0);

        unlimited.exhaust();

        assertThat(unlimited.allows(Long.MAX_VALUE - 1)).isTrue();
        assertThat(unlimited.goesOn()).isTrue();
    }

    private long itemsOf(long itemNanos) {
        budget.begin(0);
        long count = 0;
        while (budget.allows(count)) {
            nanos += itemNanos;
            count++;
        }
        return count;
    }
}
