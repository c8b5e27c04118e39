package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.delivery.HandParts;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Port;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.StepFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a call's items goes where, and when. */
final class BufferTest {

    private final HandStage stage = new HandStage();
    private final StepSite site =
            new StepSite(
                    HandParts.of("flow.step", staged -> Outcome.committed()).step(),
                    new HandWorker(),
                    stage);
    private final HandLink main = new HandLink(site);
    private final HandLink side = new HandLink(site);
    private final Buffer buffer = new Buffer(new Ports(main, List.of(side)), site);

    @Test
    void itemsGoToTheirPortsWhenTheCallHasSucceeded() {
        buffer.emit("a");
        buffer.emit(new Port<>("side", 1), "b");
        buffer.emit("c");
        assertThat(main.all).isEmpty();

        buffer.passOn();
        buffer.passOn();

        assertThat(main.all).containsExactly("a", "c");
        assertThat(side.all).containsExactly("b");
    }

    @Test
    void nothingIsLeftOfACallThatFailed() {
        buffer.emit("a");
        buffer.clear();

        buffer.passOn();

        assertThat(main.all).isEmpty();
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> buffer.emit(null)).isInstanceOf(StepFailedException.class);
    }
}
