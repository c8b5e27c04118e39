package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Mark;
import org.junit.jupiter.api.Test;

/** When the watermarks of a sink's dead letters go on, and which of them. */
final class DeadMarksTest {

    private static final long IDLE = Mark.Watermark.IDLE;

    private final HandLink next = new HandLink();
    private final DeadMarks marks = new DeadMarks(next);

    @Test
    void newestMarkStandsForThoseBefore() {
        marks.add(5);
        marks.add(7);
        marks.passOn();
        marks.passOn();

        assertThat(next.all).containsExactly("flush", "7");
    }

    @Test
    void idleComesBehindTheTimeAndIsOverWithTheNextMark() {
        marks.add(7);
        marks.add(IDLE);
        marks.passOn();
        marks.add(IDLE);
        marks.add(9);
        marks.passOn();

        assertThat(next.all).containsExactly("flush", "7", "idle", "flush", "9");
    }

    @Test
    void marksOfAnEpochWaitUntilItIsDone() {
        marks.add(7);
        marks.endEpoch(1);
        marks.add(9);
        marks.endEpoch(2);
        marks.endEpoch(3);
        marks.add(11);
        marks.endEpoch(4);
        marks.passOn();
        assertThat(next.all).isEmpty();

        marks.passUpTo(0);
        assertThat(next.all).isEmpty();
        marks.passUpTo(1);
        assertThat(next.all).containsExactly("flush", "7");
        marks.passUpTo(3);
        assertThat(next.all).containsExactly("flush", "7", "flush", "9");
        marks.passUpTo(4);
        assertThat(next.all).endsWith("flush", "11").hasSize(6);
    }
}
