package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.channel.Mark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the watermarks of a sink's dead letters go on, and which of them. */
final class DeadMarksTest {

    private static final long IDLE = Mark.Watermark.IDLE;

    private final List<String> passed = new ArrayList<>();
    private final DeadMarks marks = new DeadMarks(new Passed());

    @Test
    void newestMarkStandsForThoseBefore() {
        marks.add(5);
        marks.add(7);
        marks.passOn();
        marks.passOn();

        assertThat(passed).containsExactly("flush", "7");
    }

    @Test
    void idleComesBehindTheTimeAndIsOverWithTheNextMark() {
        marks.add(7);
        marks.add(IDLE);
        marks.passOn();
        marks.add(IDLE);
        marks.add(9);
        marks.passOn();

        assertThat(passed).containsExactly("flush", "7", "" + IDLE, "flush", "9");
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
        assertThat(passed).isEmpty();

        marks.passUpTo(0);
        assertThat(passed).isEmpty();
        marks.passUpTo(1);
        assertThat(passed).containsExactly("flush", "7");
        marks.passUpTo(3);
        assertThat(passed).containsExactly("flush", "7", "flush", "9");
        marks.passUpTo(4);
        assertThat(passed).endsWith("flush", "11").hasSize(6);
    }

    private final class Passed implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {
            throw new AssertionError(value);
        }

        @Override
        public StepSite feeder() {
            throw new AssertionError();
        }

        @Override
        public void flush() {
            passed.add("flush");
        }

        @Override
        public void barrier(long epoch) {
            throw new AssertionError(epoch);
        }

        @Override
        public void watermark(long micros) {
            passed.add("" + micros);
        }

        @Override
        public void end() {
            throw new AssertionError();
        }
    }
}
