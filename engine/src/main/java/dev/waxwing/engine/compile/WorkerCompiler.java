package dev.waxwing.engine.compile;

import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.jit.ConstantBatchDriver;
import dev.waxwing.engine.link.CheckingLink;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.ExchangeLink;
import dev.waxwing.engine.link.FanOutLink;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.MergeLink;
import dev.waxwing.engine.site.Counting;
import dev.waxwing.engine.site.Route;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.worker.InboxStage;
import dev.waxwing.engine.worker.SourceStage;
import dev.waxwing.engine.worker.Stage;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Routing;
import dev.waxwing.run.check.ItemChecks;
import dev.waxwing.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the stages and links of one worker from a plan. */
final class WorkerCompiler {

    /*
     * Stages first, upstream to downstream, since links know their stage; then links, downstream to upstream,
     * since each is made with what comes behind it. A step that begins a stage has its chain's head inside and
     * senders outside; any other step is pushed to directly.
     *
     * Two things rely on that order of links: a stage asks its links in it (StageSite.poll), and a link knows when it is made
     * whether one behind it asks for lanes (StageSite.tellsLanes).
     */
    private final RunSetup setup;
    private final StageLayout layout;
    private final IntPredicate stagesHere;
    private final Worker worker;
    private final ClassCopies copies;
    private final LinkMaker maker;
    private final SourceMaker sources;
    private final ItemChecks items = new ItemChecks();
    private final Map<Integer, Stage> stages = new HashMap<>();
    private final Map<Integer, StepSite> sites = new HashMap<>();
    private final Map<Integer, Link> heads = new HashMap<>();
    private final Map<Integer, MergeLink> merges = new HashMap<>();
    private final Map<Origin, Integer> takers = new HashMap<>();

    WorkerCompiler(
            RunSetup setup,
            StageLayout layout,
            IntPredicate stagesHere,
            Worker worker,
            ClassCopies copies,
            LinkMaker maker) {
        this.setup = setup;
        this.layout = layout;
        this.stagesHere = stagesHere;
        this.worker = worker;
        this.copies = copies;
        this.maker = maker;
        this.sources = new SourceMaker(setup, worker, copies, maker);
    }

    void compile() {
        List<CoreStep> steps = setup.plan().coreSteps();
        for (CoreStep step : steps) {
            if (isHere(step)) {
                addStage(step);
            }
            step.ups().forEach(up -> takers.merge(up, 1, Integer::sum));
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (isHere(steps.get(i))) {
                addLink(steps.get(i));
            }
        }
    }

    private boolean isHere(CoreStep step) {
        return stagesHere.test(layout.stageOf(step.index()));
    }

    private void addStage(CoreStep step) {
        StageLayout.Start start = layout.start(step.index());
        if (start == StageLayout.Start.FUSED) {
            return;
        }
        Stage stage =
                start == StageLayout.Start.SOURCE
                        ? sources.stage(step)
                        : new InboxStage(
                                setup.lastEpoch() + 1,
                                worker,
                                receivers(step, start),
                                start.isLocal() && areHere(step.ups()) ? merged(step) : List.of(),
                                InboxStage::driveAny);
        stages.put(step.index(), stage);
        worker.add(stage);
    }

    private List<Receiver> receivers(CoreStep step, StageLayout.Start start) {
        List<Receiver> receivers = new ArrayList<>();
        for (int up = 0; up < step.ups().size(); up++) {
            boolean local = start.isLocal();
            for (int from = 0; from < worker.count(); from++) {
                if (!local || from == worker.index()) {
                    receivers.add(worker.receives(step.index(), up, from));
                }
            }
        }
        return receivers;
    }

    /* Lanes go on behind a merge; from elsewhere there is a lane for each sender. */
    private boolean areHere(List<Origin> ups) {
        return ups.stream().allMatch(up -> isHere(setup.plan().coreSteps().get(up.step())));
    }

    private List<Stage> merged(CoreStep step) {
        List<Stage> merged = new ArrayList<>();
        for (Origin up : step.ups()) {
            merged.add(Objects.requireNonNull(stages.get(layout.stageOf(up.step()))));
        }
        return merged;
    }

    private void addLink(CoreStep step) {
        Stage stage = stage(step);
        StepSite site = site(step);
        List<Link> outputs = new ArrayList<>();
        for (int port = 0; port < step.outputCount(); port++) {
            outputs.add(consumers(step, port, site));
        }
        Source<?> source = step.source();
        if (source != null) {
            sources.start((SourceStage) stage, source, site, outputs);
            return;
        }
        Link next = outputs.get(0);
        Link link;
        if (step.operator().routing() == Routing.MERGED) {
            link = next;
            if (layout.start(step.index()) == StageLayout.Start.FUSED) {
                merges.put(step.index(), new MergeLink(step.ups().size(), next));
            }
        } else {
            link = step.operator().accept(maker.forStep(site, feeder(step), fed(step), outputs));
            if (!outputs.contains(link)) {
                worker.whereabouts().add(link, site);
            }
        }
        heads.put(step.index(), link);
        if (stage instanceof InboxStage inbox && stages.containsKey(step.index())) {
            Link head = checked(link, feeder(step), step);
            inbox.start(
                    head,
                    setup.shape().chains().copied()
                            ? copies.driver(ConstantBatchDriver.class, head)
                            : null);
        }
    }

    private StepSite feeder(CoreStep step) {
        return siteOfEdge(setup.plan().coreSteps().get(step.ups().get(0).step()), stage(step));
    }

    /* The other end of an edge may be a step of a stage that is not here: then it is known by name only. */
    private StepSite siteOfEdge(CoreStep step, StageSite own) {
        return isHere(step) ? site(step) : new StepSite(step, worker, own);
    }

    /* Who counts what comes in, if that is the step before and nobody else takes it. */
    private @Nullable LongSupplier fed(CoreStep step) {
        Origin up = step.ups().get(0);
        StepSite feeder = feeder(step);
        boolean isFed =
                layout.start(step.index()) == StageLayout.Start.FUSED
                        && step.ups().size() == 1
                        && feeder.countsOutput(up.port())
                        && Objects.requireNonNull(takers.get(up)) == 1;
        return isFed ? () -> feeder.output(up.port()) : null;
    }

    private Link checked(Link link, StepSite from, CoreStep to) {
        return setup.shape().chains().checked()
                ? new CheckingLink(link, from, siteOfEdge(to, from.stage()), items)
                : link;
    }

    private StepSite site(CoreStep step) {
        return sites.computeIfAbsent(
                step.index(),
                index -> {
                    StepSite site = new StepSite(step, worker, stage(step));
                    worker.add(site);
                    return site;
                });
    }

    private Stage stage(CoreStep step) {
        return Objects.requireNonNull(stages.get(layout.stageOf(step.index())));
    }

    private Link consumers(CoreStep step, int port, StepSite site) {
        List<Link> all = new ArrayList<>();
        for (CoreStep consumer : setup.plan().coreSteps()) {
            for (int up = 0; up < consumer.ups().size(); up++) {
                if (consumer.ups().get(up).equals(new Origin(step.index(), port))) {
                    Link entry = entry(consumer, up, site);
                    if (all.isEmpty() && !site.countsOutput(port)) {
                        site.countOutput(port, counter(entry, consumer));
                    }
                    all.add(checked(entry, site, consumer));
                }
            }
        }
        if (all.isEmpty()) {
            DropLink drop = new DropLink(site);
            if (!site.countsOutput(port)) {
                site.countOutput(port, drop::items);
            }
            return drop;
        }
        return fanOut(all, site);
    }

    /* An item is counted by who takes it; of several, by the first. */
    private LongSupplier counter(Link entry, CoreStep consumer) {
        if (entry instanceof Counting own) {
            return own::items;
        }
        StepSite site = site(consumer);
        return consumer.operator().routing() == Routing.SPREAD ? () -> site.output(0) : site::input;
    }

    /* In halves, so that many consumers need no deep stack. */
    private Link fanOut(List<Link> links, StepSite site) {
        if (links.size() == 1) {
            return links.get(0);
        }
        int half = (links.size() + 1) / 2;
        Link first = fanOut(links.subList(0, half), site);
        Link second = fanOut(links.subList(half, links.size()), site);
        return copies.link(FanOutLink.class, new FanOutLink.Parts(first, second, site));
    }

    private Link entry(CoreStep consumer, int up, StepSite from) {
        MergeLink merge = merges.get(consumer.index());
        if (merge != null) {
            return merge.input(up, from);
        }
        return switch (layout.start(consumer.index())) {
            case FUSED, SOURCE -> Objects.requireNonNull(heads.get(consumer.index()));
            case BY_KEY ->
                    exchange(
                            consumer,
                            up,
                            from,
                            Route.byKey(
                                    setup.shape().owners(), siteOfEdge(consumer, from.stage())));
            case SPREAD -> exchange(consumer, up, from, Route.inTurn(worker.index()));
            case BY_PARTITION -> exchange(consumer, up, from, byPartition(consumer, from.stage()));
            case MERGE, DEEP -> {
                Sender[] sender = {sender(consumer, up, worker.index(), from)};
                boolean tellsLanes =
                        areHere(consumer.ups()) && isHere(consumer) && stage(consumer).tellsLanes();
                if (tellsLanes) {
                    from.stage().tellLanes();
                }
                yield new ExchangeLink(
                        (key, workers) -> 0, sender, from, tellsLanes ? from.stage() : null);
            }
        };
    }

    private Link exchange(CoreStep consumer, int up, StepSite from, Route route) {
        Sender[] senders = new Sender[worker.count()];
        for (int to = 0; to < senders.length; to++) {
            senders[to] = sender(consumer, up, to, from);
        }
        return copies.make(ExchangeLink.class, route, senders, from, null);
    }

    private Sender sender(CoreStep consumer, int up, int to, StepSite from) {
        Sender sender = worker.sends(consumer.index(), up, to);
        from.stage().gate(sender);
        return sender;
    }

    private Route byPartition(CoreStep step, StageSite from) {
        int parts = Objects.requireNonNull(setup.parts().get(step.index())).size();
        return Route.byPartition(
                setup.shape().owners(),
                Objects.requireNonNull(step.sink()),
                parts,
                siteOfEdge(step, from));
    }
}
