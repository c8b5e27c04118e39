package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.step.StepFailedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The head of a source's chain when there is no time left. */
final class KeepingEmitterTest {

    private final Worker worker = HandHost.worker(new HandEpochs());
    private final SourceStage stage = new SourceStage(worker, 1, null, null, false);
    private final StepSite site =
            new StepSite(
                    new CoreStep(
                            0,
                            "flow.in",
                            "flow.in",
                            new CoreOperator.Redistribute(),
                            false,
                            List.of(),
                            FailurePolicy.deadLetter()),
                    worker,
                    stage);
    private final DropLink chain = new DropLink(site);
    private final Budget budget = exhausted();
    private final KeepingEmitter emitter =
            new KeepingEmitter(
                    new SourceLink(new SourceLink.Parts(chain, chain, site, site.counts(), budget)),
                    site,
                    budget);

    KeepingEmitterTest() {}

    @Test
    void whatComesWhenThereIsNoTimeIsKept() {
        var rest = new Rest("p");
        emitter.keepIn(rest);

        emitter.emit(1);
        emitter.reject(2, new IllegalStateException("bad"));

        assertThat(rest.size()).isEqualTo(2);
        assertThat(site.counts().read()).isZero();
        assertThat(worker.failure()).isNull();
    }

    @Test
    void itemThatCannotBeKeptIsTheWorkersFailureThoughTheSourceSwallowsIt() {
        assertThatThrownBy(() -> emitter.emit(1)).isInstanceOf(StepFailedException.class);

        assertThat(worker.failure()).hasMessageContaining("step 'flow.in': passing an item on");
    }

    @Test
    void rejectThatCannotBeKeptIsTheWorkersFailureThoughTheSourceSwallowsIt() {
        assertThatThrownBy(() -> emitter.reject(1, new IllegalStateException("bad")))
                .isInstanceOf(StepFailedException.class);

        assertThat(worker.failure()).hasMessageContaining("step 'flow.in': passing an item on");
    }

    @Test
    void nothingIsAnItemThoughThereIsNoTime() {
        emitter.keepIn(new Rest("p"));

        assertThatThrownBy(() -> emitter.emit(null)).isInstanceOf(StepFailedException.class);

        assertThat(worker.failure()).hasMessageContaining("null");
    }

    @Test
    void rejectPassesWhileThereIsTime() {
        var rest = new Rest("p");
        emitter.keepIn(rest);
        budget.begin();

        emitter.reject(1, new IllegalStateException("bad"));

        assertThat(rest.size()).isZero();
        assertThat(site.counts().dead).isEqualTo(1);
    }

    @Test
    void rejectOfAStepWithoutDeadLettersFailsThoughThereIsNoTime() {
        var step =
                new CoreStep(
                        0,
                        "flow.in",
                        "flow.in",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        null);
        var without = new StepSite(step, worker, stage);
        var head =
                new SourceLink(
                        new SourceLink.Parts(chain, null, without, without.counts(), budget));
        var strict = new KeepingEmitter(head, without, budget);
        strict.keepIn(new Rest("p"));

        assertThatThrownBy(() -> strict.reject(1, new IllegalStateException("bad")))
                .isInstanceOf(StepFailedException.class)
                .hasRootCauseMessage("bad");
    }

    private static Budget exhausted() {
        var budget = new Budget(() -> 0, Pace.of(1_000));
        budget.begin(0);
        budget.exhaust();
        return budget;
    }
}
