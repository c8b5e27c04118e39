package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.engine.jit.PlainSourceDriver;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import dev.waxwing.step.StepFailedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the thread of a partition has read, the worker has emitted or put aside. */
final class SourceLedgerTest {

    private final Semaphore woken = new Semaphore(0);
    private final Worker worker = HandHost.worker(new HandEpochs(), woken::release);
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
                            null),
                    worker,
                    stage);
    private final DropLink chain = new DropLink(site);
    private final SourceLink head =
            new SourceLink(new SourceLink.Parts(chain, chain, site, site.counts(), stage.budget()));

    @AfterEach
    void closePartition() {
        stage.close(0, new Closings());
    }

    @Test
    void itemsAndRejectsOfAPartitionWithAThreadAddUp() throws Exception {
        read(head);

        stage.passBarrier(1);

        assertThat(stage.epoch()).isEqualTo(2);
        assertThat(site.counts().emitted).isEqualTo(2);
        assertThat(site.counts().dead).isEqualTo(1);
    }

    @Test
    void itemThatTheThreadReadAndNobodyGotStopsTheExecution() throws Exception {
        read(new Forgetful(head));

        assertThatThrownBy(() -> stage.passBarrier(1))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining(
                        "step 'flow.in': partition 'part' read 3 items, but 2 were emitted or put"
                                + " aside");
    }

    private void read(SourceEmitter<Object> into) throws InterruptedException {
        var driver = new PlainSourceDriver(into, site);
        stage.start(
                chain,
                site,
                head,
                emitter -> new PlainSourceDriver(emitter, site),
                List.of(driver, driver),
                driver);
        stage.add("part", null, new ThreeItems());
        while (!stage.isEnded()) {
            stage.run();
            if (!stage.isEnded()) {
                assertThat(woken.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            }
        }
    }

    /** Reads two items, rejects one and has ended. */
    private static final class ThreeItems
            implements StatelessSourcePartition<Object>, BlockingPartition {

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Object> out) {
            out.emit("a");
            out.reject("?", new IOException("no item"));
            out.emit("b");
            return SourceStatus.ENDED;
        }
    }

    /** Drops what is rejected. */
    private record Forgetful(SourceEmitter<Object> head) implements SourceEmitter<Object> {

        @Override
        public void emit(Object item) {
            head.emit(item);
        }

        @Override
        public void reject(Object raw, Exception cause) {}
    }
}
