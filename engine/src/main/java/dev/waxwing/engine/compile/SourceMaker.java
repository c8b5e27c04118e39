package dev.waxwing.engine.compile;

import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.jit.ConstantSourceDriver;
import dev.waxwing.engine.jit.PlainSourceDriver;
import dev.waxwing.engine.link.FanOutLink;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.worker.SourceDriver;
import dev.waxwing.engine.worker.SourceStage;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes what feeds the chains of sources, on one worker. */
@SuppressWarnings("unchecked") // the streams that sources feed have their types
final class SourceMaker {

    private final RunSetup setup;
    private final Worker worker;
    private final ClassCopies copies;
    private final LinkMaker maker;

    SourceMaker(RunSetup setup, Worker worker, ClassCopies copies, LinkMaker maker) {
        this.setup = setup;
        this.worker = worker;
        this.copies = copies;
        this.maker = maker;
    }

    /** The stage of an input, before there are links. */
    SourceStage stage(CoreStep step) {
        boolean recorded = step.source() instanceof FixedPartitionedSource;
        return new SourceStage(
                worker,
                setup.lastEpoch() + 1,
                recorded ? maker.changes(StateIds.partitions(step)) : null,
                recorded ? maker.changes(StateIds.pending(step)) : null,
                setup.shape().epochPerBatch());
    }

    /** Makes the head of a source's chain, and what opens its partitions. */
    void start(SourceStage stage, Source<?> source, StepSite site, List<Link> outputs) {
        CoreStep step = site.step();
        Link next = outputs.get(0);
        Link dead = step.hasDeadLetters() ? outputs.get(step.deadLetterPort()) : null;
        Link chain = dead == null ? next : new FanOutLink(new FanOutLink.Parts(next, dead, site));
        SourceLink.Parts parts =
                new SourceLink.Parts(next, dead, site, site.counts(), stage.budget());
        PlainSourceDriver first = new PlainSourceDriver(copies.link(SourceLink.class, parts), site);
        Shape.Chains chains = setup.shape().chains();
        SourceDriver driver =
                chains.copied() && !chains.checked()
                        ? copies.driver(ConstantSourceDriver.class, parts)
                        : first;
        stage.start(
                chain,
                site,
                new SourceLink(parts),
                keeping -> new PlainSourceDriver(keeping, site),
                List.of(first, first.another()),
                driver);
        worker.whereabouts().add(stage, site);
        worker.whereabouts().add(first, site);
        worker.whereabouts().add(driver, site);
        if (source instanceof FixedPartitionedSource<?, ?> parted) {
            worker.onOpen(
                    () -> openParts(stage, (FixedPartitionedSource<Object, Object>) parted, site));
        } else {
            worker.onOpen(() -> openDynamic(stage, (DynamicSource<Object>) source, site));
        }
    }

    private void openParts(
            SourceStage stage, FixedPartitionedSource<Object, Object> source, StepSite site) {
        List<String> names = Objects.requireNonNull(setup.parts().get(site.step().index()));
        Map<Object, Object> positions = maker.positions(StateIds.partitions(site.step()));
        for (int i = 0; i < names.size(); i++) {
            if (setup.shape().owners().ofPartition(i, worker.count()) == worker.index()) {
                String name = names.get(i);
                Object position = positions.get(name);
                try {
                    stage.add(
                            name,
                            position,
                            site.opened(
                                    called("buildPart", name),
                                    () ->
                                            Objects.requireNonNull(
                                                    source.buildPart(site.stepId(), name, position),
                                                    "buildPart returned null")));
                } catch (Throwable thrown) {
                    throw site.failed(called("buildPart", name), null, thrown);
                }
            }
        }
        SortedMap<String, PendingItem> pending = new TreeMap<>();
        maker.positions(StateIds.pending(site.step()))
                .forEach((place, item) -> pending.put((String) place, (PendingItem) item));
        stage.restore(pending);
    }

    private void openDynamic(SourceStage stage, DynamicSource<Object> source, StepSite site) {
        try {
            stage.add(
                    "worker " + worker.index(),
                    null,
                    site.opened(
                            "build",
                            () ->
                                    Objects.requireNonNull(
                                            source.build(
                                                    site.stepId(), worker.index(), worker.count()),
                                            "build returned null")));
        } catch (Throwable thrown) {
            throw site.failed("build", null, thrown);
        }
    }

    private static String called(String method, String part) {
        return method + " of partition '" + part + "'";
    }
}
