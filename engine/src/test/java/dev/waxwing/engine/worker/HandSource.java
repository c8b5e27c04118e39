package dev.waxwing.engine.worker;

import dev.waxwing.engine.jit.PlainSourceDriver;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.SourcePartition;
import dev.waxwing.step.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stage of a source whose partitions a test makes, and what it passes on. */
final class HandSource {

    final List<String> all = new ArrayList<>();
    final SourceStage stage;

    /** What is done when an item comes. */
    Runnable onItem = () -> {};

    private int partitions;

    HandSource(Worker worker, boolean epochPerBatch) {
        this(worker, epochPerBatch, null, null);
    }

    HandSource(
            Worker worker,
            boolean epochPerBatch,
            @Nullable StateChanges pending,
            @Nullable FailurePolicy policy) {
        stage = new SourceStage(worker, 1, null, pending, epochPerBatch);
        var step =
                new CoreStep(
                        0,
                        "flow.in",
                        "flow.in",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        policy);
        var site = new StepSite(step, worker, stage);
        var chain = new ListingLink(all, () -> onItem.run());
        var head =
                new SourceLink(
                        new SourceLink.Parts(chain, null, site, site.counts(), stage.budget()));
        var driver = new PlainSourceDriver(head, site);
        stage.start(
                chain,
                site,
                head,
                emitter -> new PlainSourceDriver(emitter, site),
                List.of(driver, driver),
                driver);
    }

    /** Adds a partition, named {@code part 0} and so on. */
    void add(SourcePartition<Object> partition) {
        stage.add("part " + partitions++, null, partition);
    }

    /** What has been passed on, but for flushes. */
    List<String> told() {
        return ListingLink.told(all);
    }
}
