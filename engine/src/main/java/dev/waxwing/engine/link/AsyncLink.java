package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.internal.LastingErrors;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.RateLimit;
import dev.waxwing.plan.core.RateLimited;
import dev.waxwing.step.AsyncOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls that complete elsewhere. Confined to the worker but for the completion of calls. */
public final class AsyncLink implements Link, Polled {

    /*
     * One deque holds what is in flight, in order of the items, with watermarks between them; what waits for a
     * free place comes behind. A completed call leaves its outcome in its entry and wakes the worker. An entry
     * remembers its lane, and a watermark that comes out behind items flushes them first, as watermarks promise.
     *
     * Barriers pass: the inputs of unfinished calls are written as list state instead, and called again after a
     * restore, in an epoch of the step's own (see RunSetup). Until all steps' calls are made, barriers wait for calls
     * in flight.
     *
     * With a rate limit nothing is called. An entry is its own result, and complete when the limit lets it go on; the
     * first entry alone is asked for, so that all keep their order.
     */
    private static final long FOR_EVER_DAYS = 36_500;

    private final AsyncMapper<Object, Object> mapper;
    private final AsyncOptions options;
    private final @Nullable RateLimit limit;
    private final Link next;
    private final StepSite site;
    private final StepSite feeder;
    private final @Nullable ChangeLog changes;
    private final Signal signal;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> unmade = new ArrayDeque<>();
    private final long callsEpoch;
    private long restored;
    private int open;
    private boolean ending;
    private List<String> recorded = new ArrayList<>();

    /**
     * @param changes takes the inputs of unfinished calls, or null if nothing is recorded
     * @param callsEpoch in which restored calls are made
     */
    @SuppressWarnings("unchecked") // the stream that the step was given to had its types
    public AsyncLink(
            CoreOperator.Async operator,
            Link next,
            StepSite site,
            StepSite feeder,
            @Nullable ChangeLog changes,
            long callsEpoch) {
        this.mapper = (AsyncMapper<Object, Object>) operator.mapper();
        this.options = operator.options();
        this.limit = operator.mapper() instanceof RateLimited limited ? limited.newLimit() : null;
        this.next = next;
        this.site = site;
        this.feeder = feeder;
        this.changes = changes;
        this.signal = site.worker().signal();
        this.callsEpoch = callsEpoch;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        site.counts().received++;
        StageSite stage = site.stage();
        int lane = stage.lane();
        stage.hold(lane);
        add(new Entry(key, value, lane, 0));
    }

    private void add(Entry entry) {
        if (unmade.isEmpty()) {
            waiting.add(entry);
            start();
        } else {
            unmade.add(entry);
        }
        if (!takesInput()) {
            site.stage().budget().exhaust();
        }
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public void barrier(long epoch) {
        checkLedger();
        if (changes != null) {
            recordUnfinished(changes, epoch);
        }
        next.barrier(epoch);
    }

    @Override
    public void watermark(long micros) {
        if (isFinished()) {
            next.watermark(micros);
        } else {
            add(new Entry(null, null, StageSite.NO_LANE, micros));
        }
    }

    @Override
    public void end() {
        ending = true;
        endIfDone();
    }

    @Override
    public boolean poll() {
        boolean any = makeAgain();
        boolean kept = limit != null || options.order() == AsyncOptions.Order.KEPT;
        boolean first = true;
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            boolean passes = entry.value == null ? first : isDone(entry);
            if (passes) {
                all.remove();
                passOn(entry);
                any = true;
                if (!site.stage().budget().goesOn()) {
                    break;
                }
            } else if (kept) {
                break;
            } else {
                first = false;
            }
        }
        start();
        endIfDone();
        return any;
    }

    @Override
    public long dueMillis() {
        if (!unmade.isEmpty() && isTimeForCalls()) {
            return Long.MIN_VALUE;
        }
        for (Entry entry : entries) {
            if (entry.value != null) {
                return limit != null ? limit.dueMillis() : entry.deadlineMillis;
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public boolean takesInput() {
        return waiting.isEmpty();
    }

    @Override
    public boolean takesMarks() {
        boolean orderMatters = options.order() == AsyncOptions.Order.KEPT;
        return !orderMatters
                || !site.stage().isSettling()
                || (hasNothingInFlight() && (unmade.isEmpty() || !isTimeForCalls()));
    }

    @Override
    public boolean isFinished() {
        return hasNothingInFlight() && unmade.isEmpty();
    }

    private boolean hasNothingInFlight() {
        return entries.isEmpty() && waiting.isEmpty();
    }

    private boolean isTimeForCalls() {
        return site.epoch() >= callsEpoch;
    }

    private boolean makeAgain() {
        if (unmade.isEmpty() || !isTimeForCalls()) {
            return false;
        }
        waiting.addAll(unmade);
        unmade.clear();
        start();
        return true;
    }

    private void start() {
        while (!waiting.isEmpty()
                && (waiting.peek().value == null || open < options.inFlightMax())) {
            Entry entry = waiting.remove();
            entries.add(entry);
            if (entry.value != null) {
                open++;
                if (limit == null) {
                    call(entry, entry.value);
                } else {
                    entry.result = entry.value;
                    if (open == 1) {
                        limit.startWaiting(site.steadyMillis());
                    }
                }
            }
        }
    }

    private void call(Entry entry, Object value) {
        boolean limited = options.timeout().toDays() < FOR_EVER_DAYS;
        entry.deadlineMillis =
                limited ? site.steadyMillis() + options.timeout().toMillis() : Long.MAX_VALUE;
        CompletionStage<Object> called;
        StepSite before = site.worker().calls(site);
        try {
            called = Objects.requireNonNull(mapper.call(value), "the call returned null");
        } catch (Throwable thrown) {
            throw site.failedFor("the call", entry.key, value, thrown);
        }
        site.worker().calls(before);
        try {
            called.whenComplete(
                    (result, failure) -> {
                        entry.complete(result, failure);
                        signal.wake();
                    });
        } catch (Throwable thrown) {
            /* The stage is a user's; a CompletableFuture, too, asks an exception for its text. */
            if (!entry.completed) {
                throw site.failedFor("the call", entry.key, value, thrown);
            }
        }
    }

    private boolean isDone(Entry entry) {
        if (limit != null) {
            return limit.dueMillis() <= site.steadyMillis();
        }
        if (entry.completed) {
            return true;
        }
        if (entry.deadlineMillis <= site.steadyMillis()) {
            throw site.timedOut(options.timeout(), Objects.requireNonNull(entry.value));
        }
        return false;
    }

    private void passOn(Entry entry) {
        Object value = entry.value;
        if (value == null) {
            next.flush();
            next.watermark(entry.watermark);
            return;
        }
        open--;
        if (limit != null) {
            limit.pass(site.steadyMillis());
        }
        site.stage().release(entry.lane);
        Throwable failure = entry.failure;
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException ? LastingErrors.causeOf(failure) : null;
            throw site.failedFor("the call", entry.key, value, cause == null ? failure : cause);
        }
        if (entry.result == null) {
            throw site.nullItem();
        }
        site.counts().emitted++;
        next.push(entry.key, entry.result);
    }

    private void endIfDone() {
        if (ending && isFinished()) {
            ending = false;
            site.stage()
                    .passEnd(
                            () -> {
                                next.flush();
                                next.end();
                            });
        }
    }

    /* Places are never used twice, so that a page has a key once; as texts they are in order. */
    private void recordUnfinished(ChangeLog log, long epoch) {
        recorded.forEach(log::remove);
        recorded = new ArrayList<>();
        for (Deque<Entry> part : List.of(entries, waiting, unmade)) {
            for (Entry entry : part) {
                if (entry.value != null) {
                    String place =
                            String.format(
                                    "%019d/%04d/%09d", epoch, site.workerIndex(), recorded.size());
                    log.put(place, new UnfinishedCall(entry.key, entry.value));
                    recorded.add(place);
                }
            }
        }
    }

    /* The step's part of the ledger: what came in was passed on, or is still here. */
    private void checkLedger() {
        long here = 0;
        for (Deque<Entry> part : List.of(entries, waiting, unmade)) {
            here += part.stream().filter(entry -> entry.value != null).count();
        }
        long received = site.counts().received + restored;
        long emitted = site.counts().emitted;
        if (received != emitted + here) {
            throw site.failed(
                    "received "
                            + received
                            + " items, but emitted "
                            + emitted
                            + " and has "
                            + here
                            + "; this is a defect of Waxwing, please report it");
        }
    }

    /** The number of the worker that had made the call of a place. */
    public static int makerOf(String place) {
        return Integer.parseInt(place.substring(20, 24));
    }

    /** Takes a call that was not finished at the epoch that is restored, to be made again. */
    public void restore(String place, UnfinishedCall unfinished) {
        restored++;
        recorded.add(place);
        site.stage().hold(StageSite.NO_LANE);
        unmade.add(new Entry(unfinished.key(), unfinished.item(), StageSite.NO_LANE, 0));
    }

    /**
     * The input of a call that was not finished when an epoch ended, as it is stored.
     *
     * @param key of the item in a keyed stream, else null
     */
    public record UnfinishedCall(@Nullable Object key, Object item) {}

    /** An item whose call is open, or a watermark between items. */
    private static final class Entry {

        final @Nullable Object key;
        final @Nullable Object value;
        final int lane;
        final long watermark;
        long deadlineMillis = Long.MAX_VALUE;
        @Nullable Object result;
        @Nullable Throwable failure;

        /** Publishes the two. */
        volatile boolean completed;

        Entry(@Nullable Object key, @Nullable Object value, int lane, long watermark) {
            this.key = key;
            this.value = value;
            this.lane = lane;
            this.watermark = watermark;
        }

        /* On whatever thread completes the call; needs no memory, as that may be what failed it. */
        void complete(@Nullable Object to, @Nullable Throwable by) {
            result = to;
            failure = by;
            completed = true;
        }
    }
}
