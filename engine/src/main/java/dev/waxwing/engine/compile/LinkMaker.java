package dev.waxwing.engine.compile;

import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.link.AllOutputs;
import dev.waxwing.engine.link.AsyncLink;
import dev.waxwing.engine.link.Buffer;
import dev.waxwing.engine.link.ConfinedCall;
import dev.waxwing.engine.link.DropKeyLink;
import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.GuardedLink;
import dev.waxwing.engine.link.KernelCalls;
import dev.waxwing.engine.link.KernelLink;
import dev.waxwing.engine.link.KeyOnLink;
import dev.waxwing.engine.link.KeyedKernelLink;
import dev.waxwing.engine.link.LaneTimes;
import dev.waxwing.engine.link.LateLink;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.PortedLink;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.link.WatermarkLink;
import dev.waxwing.engine.sink.Deliveries;
import dev.waxwing.engine.sink.EpochSinkLink;
import dev.waxwing.engine.sink.PositionLog;
import dev.waxwing.engine.sink.SinkLetters;
import dev.waxwing.engine.sink.SinkLink;
import dev.waxwing.engine.sink.SinkLinks;
import dev.waxwing.engine.sink.StoreAwareSink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Closings;
import dev.waxwing.engine.site.LateWarnings;
import dev.waxwing.engine.site.Route;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StepCounts;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.engine.state.ColumnarLink;
import dev.waxwing.engine.state.ColumnarState;
import dev.waxwing.engine.state.KeyedEmitter;
import dev.waxwing.engine.state.KeyedState;
import dev.waxwing.engine.state.LogicCall;
import dev.waxwing.engine.state.StateLink;
import dev.waxwing.engine.state.StatefulLink;
import dev.waxwing.engine.state.StepState;
import dev.waxwing.engine.worker.StateChanges;
import dev.waxwing.engine.worker.Worker;
import dev.waxwing.function.Mapper;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Lifecycle;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.plan.core.Routing;
import dev.waxwing.recovery.page.StateId;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.state.columnar.ColumnarBuilder;
import dev.waxwing.state.columnar.ColumnarLogic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes the link of each core operator on one worker: this runner's visitor. */
@SuppressWarnings("unchecked")
final class LinkMaker {

    private final RunSetup setup;
    private final Worker worker;
    private final ClassCopies copies;
    private final LateWarnings warnings;

    LinkMaker(RunSetup setup, Worker worker, ClassCopies copies, LateWarnings warnings) {
        this.setup = setup;
        this.worker = worker;
        this.copies = copies;
        this.warnings = warnings;
    }

    /**
     * Makes links of one step with the given outputs.
     *
     * @param fed tells what comes in, if the step before counts it; otherwise null
     */
    CoreOperator.Visitor<Link> forStep(
            StepSite site, StepSite feeder, @Nullable LongSupplier fed, List<Link> outputs) {
        return new StepVisitor(site, feeder, fed, outputs);
    }

    /** What is restored of a state, by key. */
    Map<Object, Object> positions(StateId id) {
        Map<Object, Object> positions = new HashMap<>();
        RestoredState state = setup.state();
        if (state != null) {
            state.entries(id).forEach(entry -> positions.put(entry.key(), entry.value()));
        }
        return positions;
    }

    /** Takes what epochs change of a state; null if nothing is recorded. */
    @Nullable StateChanges changes(StateId id) {
        RestoredState state = setup.state();
        if (state == null) {
            return null;
        }
        StateChanges log = new StateChanges(state.encoding(id));
        worker.add(log);
        return log;
    }

    /** One link for one step. */
    private final class StepVisitor implements CoreOperator.Visitor<Link> {

        private final StepSite site;
        private final CoreStep step;
        private final Link next;
        private final Ports ports;
        private final StepSite feeder;
        private final @Nullable LongSupplier fed;
        private final @Nullable Link dead;

        StepVisitor(
                StepSite site, StepSite feeder, @Nullable LongSupplier fed, List<Link> outputs) {
            this.site = site;
            this.feeder = feeder;
            this.fed = fed;
            this.step = site.step();
            this.next = outputs.get(0);
            this.ports = new Ports(next, sides(outputs));
            this.dead = step.hasDeadLetters() ? outputs.get(step.deadLetterPort()) : null;
        }

        private List<Link> sides(List<Link> outputs) {
            List<Link> sides = new ArrayList<>();
            for (Port<?> port : step.operator().sidePorts()) {
                Link side = outputs.get(port.index());
                sides.add(port.isLate() ? new LateLink(side, site, warnings) : side);
            }
            return sides;
        }

        @Override
        public Link input(CoreOperator.Input operator) {
            throw new IllegalStateException("inputs begin stages");
        }

        @Override
        public Link output(CoreOperator.Output operator) {
            if (operator.sink() instanceof FixedPartitionedSink<?, ?, ?> sink) {
                return partitioned((FixedPartitionedSink<Object, Object, Object>) sink);
            }
            if (operator.sink() instanceof EpochSink<?> sink) {
                return epochs((EpochSink<Object>) sink);
            }
            SinkLink link =
                    SinkLinks.dynamic(
                            (DynamicSink<Object>) operator.sink(), letters(), site, feeder);
            add(link);
            worker.onOpen(() -> link.open(0, null));
            return link;
        }

        private Link partitioned(FixedPartitionedSink<Object, Object, Object> given) {
            RestoredState state = setup.state();
            FixedPartitionedSink<Object, Object, Object> sink =
                    state == null ? given : StoreAwareSink.of(given, state.store());
            List<String> names = Objects.requireNonNull(setup.parts().get(step.index()));
            StateId id = StateIds.partitions(step);
            SinkLink link =
                    SinkLinks.partitioned(
                            sink, names, letters(), site, positionLog(changes(id)), feeder);
            add(link);
            worker.onOpen(
                    () -> {
                        Map<Object, Object> positions = positions(id);
                        for (int i = 0; i < names.size(); i++) {
                            Object position = positions.get(names.get(i));
                            if (position != null && isOwn(i)) {
                                link.open(i, position);
                            }
                        }
                    });
            return link;
        }

        private Link epochs(EpochSink<Object> sink) {
            List<DeliveryPart> parts = Objects.requireNonNull(setup.deliveries().get(step.index()));
            Deliveries deliveries =
                    new Deliveries(
                            parts,
                            Objects.requireNonNull(changes(StateIds.partitions(step))),
                            Objects.requireNonNull(changes(StateIds.deliveries(step))),
                            worker);
            EpochSinkLink link =
                    SinkLinks.epochs(
                            sink, deliveries, unkeyed(parts.size()), letters(), site, feeder);
            add(link);
            worker.add(link);
            worker.onOpen(
                    () -> {
                        for (int i = 0; i < parts.size(); i++) {
                            if (isOwn(i)) {
                                link.open(i, null);
                            }
                        }
                    });
            return link;
        }

        private @Nullable PositionLog positionLog(@Nullable ChangeLog positions) {
            return positions == null ? null : new PositionLog(positions, worker::force);
        }

        private void add(SinkLink link) {
            site.stage().poll(link);
            worker.add(new SinkLife(link));
            worker.whereabouts().add(link.caller(), site);
        }

        private int unkeyed(int parts) {
            return Route.unkeyedPart(setup.shape().owners(), parts, worker.index(), worker.count());
        }

        private boolean isOwn(int part) {
            return setup.shape().owners().ofPartition(part, worker.count()) == worker.index();
        }

        private SinkLetters letters() {
            boolean keepsLanes =
                    dead != null
                            && site.stage().tellsLanes()
                            && StageLayout.isWatermarkBehind(
                                    setup.plan(), new Origin(step.index(), step.deadLetterPort()));
            return new SinkLetters(dead, site, keepsLanes);
        }

        @Override
        public Link transform(CoreOperator.Transform operator) {
            Kernel<Object, Object> kernel = (Kernel<Object, Object>) own(operator.kernel());
            worker.add(new KernelLife(kernel, site));
            endsActivations(operator.kernel(), Kernel.class, Outputs.class);
            if (step.policy() == null) {
                if (!operator.sidePorts().isEmpty()) {
                    return copies.make(
                            PortedLink.class,
                            kernel,
                            null,
                            ports,
                            calls(kernel, ports),
                            site,
                            feeder);
                }
                return copies.link(
                        KernelLink.class,
                        new KernelLink.Parts(
                                kernel, next, calls(kernel, next), site, counts(), feeder));
            }
            Buffer buffer = new Buffer(ports, site);
            return guarded(buffer, new Attempts.OfKernel(kernel));
        }

        @Override
        public Link keyedTransform(CoreOperator.KeyedTransform operator) {
            KeyedKernel<Object, Object, Object> kernel =
                    (KeyedKernel<Object, Object, Object>) own(operator.kernel());
            worker.add(new KernelLife(kernel, site));
            endsActivations(operator.kernel(), KeyedKernel.class, KeyedOutputs.class);
            if (step.policy() == null) {
                if (!operator.sidePorts().isEmpty()) {
                    return copies.make(
                            PortedLink.class,
                            null,
                            kernel,
                            ports,
                            calls(kernel, ports),
                            site,
                            feeder);
                }
                return copies.link(
                        KeyedKernelLink.class,
                        new KeyedKernelLink.Parts(
                                kernel, next, calls(kernel, next), site, counts(), feeder));
            }
            Buffer buffer = new Buffer(ports, site);
            return guarded(buffer, new Attempts.OfKeyedKernel(kernel));
        }

        @Override
        public Link keyOn(CoreOperator.KeyOn operator) {
            Mapper<Object, Object> keyOf = (Mapper<Object, Object>) operator.key();
            if (step.policy() == null) {
                return copies.link(
                        KeyOnLink.class, new KeyOnLink.Parts(keyOf, next, site, counts(), feeder));
            }
            Buffer buffer = new Buffer(ports, site);
            return guarded(buffer, new Attempts.OfKey(keyOf, site));
        }

        /* Where a link counts what comes in; null if that is counted before. */
        private @Nullable StepCounts counts() {
            if (fed == null) {
                return site.counts();
            }
            site.countInput(fed);
            return null;
        }

        private Feed feed() {
            return new Feed(feeder, site.counts());
        }

        private KernelCalls calls(Lifecycle kernel, AllOutputs to) {
            return Code.isOfTheLibrary(kernel)
                    ? new KernelCalls.Trusted(to)
                    : copies.link(ConfinedCall.class, new ConfinedCall.Parts(to, site));
        }

        /* A kernel that may hold items must have those of one lane at a time, if lanes are asked for behind it. */
        private void endsActivations(Lifecycle kernel, Class<?> contract, Class<?> outputs) {
            if (site.stage().tellsLanes()
                    && Code.isOverridden(kernel.getClass(), contract, "onActivationEnd", outputs)) {
                site.stage().endActivationsByLane();
            }
        }

        /* The plan's kernel is a template. */
        private Lifecycle own(Lifecycle kernel) {
            try {
                return copies.like(kernel);
            } catch (IllegalStateException e) {
                throw site.failed(String.valueOf(e.getMessage()));
            }
        }

        private Link guarded(Buffer buffer, GuardedLink.Attempt attempt) {
            GuardedLink link =
                    new GuardedLink(
                            attempt,
                            Objects.requireNonNull(step.policy()),
                            buffer,
                            dead,
                            site,
                            feeder);
            site.stage().poll(link);
            return link;
        }

        @Override
        public Link stateful(CoreOperator.Stateful operator) {
            StateId id = StateIds.keys(step, operator.spec());
            StateId time = StateIds.watermark(step, operator.spec());
            boolean follows = operator.spec().time() == StatefulSpec.Time.FOLLOWED;
            ChangeLog timeChanges = follows ? changes(time) : null;
            StateLink link =
                    operator.spec().builder() instanceof ColumnarBuilder<?, ?, ?, ?> columnar
                            ? inColumns(columnar, changes(id), timeChanges)
                            : byKey(operator.spec(), changes(id), timeChanges);
            StepState state = link.state();
            worker.whereabouts().add(state, site);
            site.stage().poll(state);
            worker.add(state);
            if (follows) {
                state.allowLateness(operator.spec().allowedLateness());
                worker.onOpen(() -> restoreTime(time, state));
            }
            worker.onOpenInSlices(restore(id, state));
            worker.onOpen(() -> state.expectKeysOf(setup.keyClass(id, operator.spec())));
            return link;
        }

        private StateLink byKey(
                StatefulSpec<?, ?, ?, ?> spec,
                @Nullable ChangeLog changes,
                @Nullable ChangeLog timeChanges) {
            KeyedState state =
                    new KeyedState(
                            (StatefulLogic.Builder<Object, Object, Object, Object>) spec.builder(),
                            site,
                            spec.time(),
                            changes,
                            timeChanges);
            return copies.link(
                    StatefulLink.class,
                    new StatefulLink.Parts(
                            state,
                            ports,
                            calls(state, Code.handsNothingOn(spec.builder())),
                            site,
                            feed()));
        }

        private StateLink inColumns(
                ColumnarBuilder<?, ?, ?, ?> builder,
                @Nullable ChangeLog changes,
                @Nullable ChangeLog timeChanges) {
            ColumnarLogic<Object, Object, Object> logic =
                    (ColumnarLogic<Object, Object, Object>) copies.ofOwnClass(builder.columns());
            ColumnarState state = new ColumnarState(logic, site, changes, timeChanges);
            return copies.link(
                    ColumnarLink.class,
                    new ColumnarLink.Parts(
                            logic,
                            state,
                            ports,
                            calls(state, Code.isOfTheLibrary(builder)),
                            site,
                            feed()));
        }

        private LogicCall calls(StepState state, boolean lasting) {
            LogicCall calls =
                    copies.link(
                            KeyedEmitter.class,
                            new KeyedEmitter.Parts(state, next, ports, lasting));
            state.callBy(calls);
            return calls;
        }

        /* At a barrier all workers had seen the same marks; those that were not there any more lag behind. */
        private void restoreTime(StateId id, StepState state) {
            RestoredState restored = setup.state();
            if (restored != null) {
                restored.entries(id)
                        .forEach(
                                entry ->
                                        state.restoreTime(
                                                (String) entry.key(), (Long) entry.value()));
            }
        }

        private Slice restore(StateId id, StepState state) {
            RestoredState restored = setup.state();
            Iterator<RestoredState.Entry> entries =
                    restored == null
                            ? Collections.emptyIterator()
                            : restored.entries(id).iterator();
            Route owner = Route.byKey(setup.shape().owners(), site);
            return () -> {
                for (int i = 0; i < StepState.SLICE_KEYS && entries.hasNext(); i++) {
                    RestoredState.Entry entry = entries.next();
                    if (owner.worker(entry.key(), worker.count()) == worker.index()) {
                        state.restore(entry.key(), entry.value(), setup.lastEpoch());
                    }
                }
                return !entries.hasNext();
            };
        }

        @Override
        public Link async(CoreOperator.Async operator) {
            StateId id = StateIds.unfinished(step);
            AsyncLink link =
                    new AsyncLink(
                            operator, next, site, feeder, changes(id), setup.callsEpoch(step));
            site.stage().poll(link);
            RestoredState restored = setup.state();
            if (restored != null) {
                boolean goesByKey = operator.routing() == Routing.BY_KEY;
                worker.onOpen(() -> restoreCalls(restored.entries(id), link, goesByKey));
            }
            return link;
        }

        private void restoreCalls(
                Iterable<RestoredState.Entry> entries, AsyncLink link, boolean goesByKey) {
            StreamSupport.stream(entries.spliterator(), false)
                    .sorted(Comparator.comparing(entry -> (String) entry.key()))
                    .filter(entry -> ownerOfCall(entry, goesByKey) == worker.index())
                    .forEach(
                            entry ->
                                    link.restore(
                                            (String) entry.key(),
                                            (AsyncLink.UnfinishedCall) entry.value()));
        }

        /* Where the items that come behind it go: to the owner of its key, or nowhere in particular. */
        private int ownerOfCall(RestoredState.Entry entry, boolean goesByKey) {
            Object key = ((AsyncLink.UnfinishedCall) entry.value()).key();
            return goesByKey
                    ? Route.byKey(setup.shape().owners(), site).worker(key, worker.count())
                    : setup.shape()
                            .owners()
                            .ofWorker(AsyncLink.makerOf((String) entry.key()), worker.count());
        }

        /* By all workers: each begins with all of the stream, whoever reads which part of it now. */
        private void restoreNewest(StateId id, LaneTimes times) {
            RestoredState restored = setup.state();
            if (restored != null) {
                restored.entries(id).forEach(entry -> times.restore((Long) entry.value()));
            }
        }

        @Override
        public Link dropKey(CoreOperator.DropKey operator) {
            if (next instanceof DropLink) {
                return next;
            }
            return copies.link(DropKeyLink.class, new DropKeyLink.Parts(next, counts(), feeder));
        }

        @Override
        public Link merge(CoreOperator.Merge operator) {
            return next;
        }

        @Override
        public Link redistribute(CoreOperator.Redistribute operator) {
            return next;
        }

        @Override
        public Link watermark(CoreOperator.Watermark operator) {
            StateId id = StateIds.newest(step);
            LaneTimes times = new LaneTimes(operator.eventTime(), next, site, changes(id));
            site.stage().poll(times);
            site.stage().tellLanes();
            worker.onOpen(() -> restoreNewest(id, times));
            return copies.link(
                    WatermarkLink.class,
                    new WatermarkLink.Parts(
                            (Mapper<Object, Instant>) operator.timestamp(),
                            times,
                            next,
                            site,
                            site.stage(),
                            feed()));
        }
    }

    /* Not inside of a method, from where it would keep this object, and with it all that was restored. */

    private record SinkLife(SinkLink link) implements Worker.StepLife {

        @Override
        public void open() {}

        @Override
        public void close(Closings closings) {
            link.close(closings);
        }
    }
}
