package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.StepFailedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An epoch does not end in a step that has lost the input of a call. */
final class AsyncLedgerTest {

    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private final CoreOperator.Async operator =
            new CoreOperator.Async(item -> answer, AsyncOptions.defaults());
    private final StepSite call = site("flow.call", operator);
    private final AsyncLink asyncLink =
            new AsyncLink(operator, new DropLink(call), call, call, null, 0);

    @Test
    void callsInFlightAreAccountedFor() {
        asyncLink.restore("0", new AsyncLink.UnfinishedCall(null, "before"));
        asyncLink.push(null, "a");

        assertThatCode(() -> asyncLink.barrier(1)).doesNotThrowAnyException();
        answer.complete("done");
        asyncLink.poll();
        assertThatCode(() -> asyncLink.barrier(2)).doesNotThrowAnyException();
    }

    @Test
    void itemWhoseCallIsNowhereStopsTheExecution() {
        asyncLink.push(null, "a");
        call.counts().received++;

        assertThatThrownBy(() -> asyncLink.barrier(1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining(
                        "step 'flow.call': received 2 items, but emitted 0 and has 1");
    }

    private static StepSite site(String id, CoreOperator operator) {
        var step = new CoreStep(0, id, id, operator, false, List.of(), null);
        return new StepSite(step, new HandWorker(), new HandStage());
    }
}
