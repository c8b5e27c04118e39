package dev.waxwing.engine.resume;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.recovery.memory.MemoryDisk;
import dev.waxwing.recovery.memory.MemoryRecoveryStore;
import dev.waxwing.recovery.page.PageWriter;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.recovery.page.StatePage;
import dev.waxwing.recovery.store.StoreOptions;
import dev.waxwing.step.DeliveryException;
import org.junit.jupiter.api.Test;

/** What a step may leave behind in the store when it is not in the dataflow any more. */
final class UndeliveredTest {

    private static final StateId CALLS = new StateId("flow.ask", "unfinished calls");

    private final Undelivered undelivered =
            new Undelivered(
                    MemoryRecoveryStore.open(new MemoryDisk(), "flow", StoreOptions.defaults()));

    @Test
    void callsThatAreAllFinishedMayBeLeftBehind() {
        assertThatCode(() -> undelivered.check(StatePage.clearing(CALLS)))
                .doesNotThrowAnyException();
    }

    @Test
    void unfinishedCallsMayNotBeLeftBehind() {
        PageWriter page = new PageWriter(CALLS, 1, 1);
        page.add(new byte[] {1}, new byte[] {1});

        assertThatThrownBy(() -> undelivered.check(page.toPage()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("step 'flow.ask'");
    }
}
