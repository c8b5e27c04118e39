package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which cells are due, whatever times they have waited for before. */
final class WatermarkQueueTest {

    private final WatermarkQueue queue = new WatermarkQueue();
    private final Cell one = new Cell(1, "", 1);
    private final Cell other = new Cell(2, "", 2);

    @Test
    void cellWhoseTimeMovedLaterIsDueThen() {
        queue.schedule(one, 50);
        queue.schedule(one, 150);

        assertThat(queue.takeDue(149)).isNull();
        assertThat(queue.firstMicros()).isEqualTo(150);
        assertThat(queue.takeDue(150)).isSameAs(one);
        assertThat(queue.size()).isZero();
    }

    @Test
    void cellThatWasTakenMayWaitForTheSameTimeAgain() {
        queue.schedule(one, 50);
        queue.takeDue(50);

        queue.schedule(one, 50);

        assertThat(queue.takeDue(50)).isSameAs(one);
    }

    @Test
    void cellWhoseKeyWentAndCameBackMayWaitForTheSameTimeAgain() {
        queue.schedule(one, 50);
        queue.remove(one);
        assertThat(queue.takeDue(50)).isNull();

        queue.schedule(one, 50);

        assertThat(queue.takeDue(50)).isSameAs(one);
    }

    @Test
    void earlierTimeThatComesLaterIsDueFirst() {
        queue.schedule(one, 70);
        queue.schedule(other, 50);

        assertThat(queue.firstMicros()).isEqualTo(50);
        assertThat(queue.takeDue(50)).isSameAs(other);
        assertThat(queue.takeDue(69)).isNull();
        assertThat(queue.takeDue(70)).isSameAs(one);
    }

    @Test
    void timeForWhichNobodyWaitedAnyMoreMayBeWaitedForAgain() {
        queue.schedule(one, 50);
        queue.takeDue(50);

        queue.schedule(other, 50);

        assertThat(queue.takeDue(50)).isSameAs(other);
    }
}
