package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an emit throws is the worker's failure, though the code that emits swallows it. */
final class SwallowedErrorTest {

    private static final Port<Object> SIDE = Port.named("side");

    private final HandWorker worker = new HandWorker();
    private final StepSite site = new StepSite(step(), worker, new HandStage());
    private final Link full = new Full();

    @Test
    void emitRecordsIt() {
        assertRecorded(() -> full.emit(1));
    }

    @Test
    void keyedEmitRecordsIt() {
        assertRecorded(() -> full.emit("key", 1));
    }

    @Test
    void emitToASideOutputRecordsIt() {
        var ports = new Ports(full, List.of(full));

        assertRecorded(() -> ports.emit(SIDE, 1));
    }

    @Test
    void emitToTwoOutputsRecordsIt() {
        var both = new FanOutLink(new FanOutLink.Parts(full, full, site));

        assertRecorded(() -> both.emit(1));
    }

    @Test
    void emitToAStepThatGivesKeysRecordsIt() {
        var keys =
                new KeyOnLink(new KeyOnLink.Parts(item -> item, full, site, site.counts(), site));

        assertRecorded(() -> keys.emit(1));
    }

    @Test
    void sourceThatEmitsRecordsIt() {
        SourceLink source = source(Budget.unlimited());

        assertRecorded(() -> source.emit(1));
    }

    @Test
    void sourceThatRejectsRecordsIt() {
        SourceLink source = source(Budget.unlimited());

        assertRecorded(() -> source.reject(1, new IllegalStateException("bad")));
    }

    private SourceLink source(Budget budget) {
        return new SourceLink(new SourceLink.Parts(full, full, site, new StepCounts(), budget));
    }

    private void assertRecorded(ThrowingCallable emit) {
        assertThatThrownBy(emit).hasRootCauseInstanceOf(OutOfMemoryError.class);

        assertThat(worker.failure()).hasRootCauseInstanceOf(OutOfMemoryError.class);
    }

    private static CoreStep step() {
        return new CoreStep(
                0,
                "flow.step",
                "flow.step",
                new CoreOperator.Redistribute(),
                false,
                List.of(),
                null);
    }

    /** Has no memory for an item. */
    private final class Full implements Link {

        @Override
        public void push(@Nullable Object key, Object value) {
            throw new OutOfMemoryError("no room");
        }

        @Override
        public StepSite feeder() {
            return site;
        }

        @Override
        public void flush() {}

        @Override
        public void barrier(long epoch) {}

        @Override
        public void watermark(long micros) {}

        @Override
        public void end() {}
    }
}
