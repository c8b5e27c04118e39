package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.site.Polled;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.WorkerSite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps that pass items on within a worker, and what feeds them. Confined to the worker.
 *
 * <p>A run does a bounded amount of work: a slice of what was deferred, what has become due, then
 * some input; then it ends the activation.
 */
public abstract class Stage implements StageSite {

    private final List<Sender> gates = new ArrayList<>();
    private final List<Polled> polled = new ArrayList<>();
    private final Deque<Slice> deferred = new ArrayDeque<>();
    private final Deque<Runnable> marks = new ArrayDeque<>();
    private final WorkerSite worker;
    private final Budget budget;
    private @Nullable Link head;
    private long epoch;
    private int lane;

    /** Items of the lane are on their way, or are kept by links until the activation ends. */
    private boolean busy;

    private int[] held = new int[1];
    private boolean tellsLanes;
    private boolean endsByLane;

    Stage(long firstEpoch, WorkerSite worker) {
        this.epoch = firstEpoch;
        this.worker = worker;
        this.budget = worker.newBudget();
    }

    @Override
    public Budget budget() {
        return budget;
    }

    WorkerSite worker() {
        return worker;
    }

    /** Something flowed through the stage. */
    void touched() {
        worker.touched();
    }

    /** The links are made after the stage, which they know. */
    public void start(Link chain) {
        head = chain;
    }

    Link head() {
        return Objects.requireNonNull(head, "the stage has been started");
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public boolean isSettling() {
        return epoch <= worker.settledEpoch();
    }

    @Override
    public void defer(Slice slice) {
        deferred.add(slice);
    }

    @Override
    public void passEnd(Runnable end) {
        marks.addFirst(end);
    }

    @Override
    public void gate(Sender sender) {
        sender.limit(budget);
        gates.add(sender);
    }

    @Override
    public void poll(Polled wants) {
        polled.add(wants);
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public void lane(int next) {
        if (next != lane) {
            if (endsByLane) {
                head().flush();
            }
            lane = next;
        }
        busy = true;
    }

    @Override
    public void passAs(int other, Runnable flush, Runnable items) {
        int before = lane;
        boolean changes = other != before && endsByLane;
        hold(before);
        if (changes) {
            flush.run();
        }
        lane = other;
        busy = true;
        items.run();
        if (changes) {
            flush.run();
        }
        lane = before;
        letGo(before);
    }

    @Override
    public void hold(int ofLane) {
        if (ofLane + 1 >= held.length) {
            held = Arrays.copyOf(held, Math.max(ofLane + 2, laneCount() + 1));
        }
        held[ofLane + 1]++;
    }

    @Override
    public void release(int ofLane) {
        lane(ofLane);
        letGo(ofLane);
    }

    @Override
    public void letGo(int ofLane) {
        held[ofLane + 1]--;
    }

    @Override
    public boolean isHolding(int ofLane) {
        return busy && ofLane == lane || ofLane + 1 < held.length && held[ofLane + 1] > 0;
    }

    @Override
    public void tellLanes() {
        tellsLanes = true;
    }

    @Override
    public boolean tellsLanes() {
        return tellsLanes;
    }

    @Override
    public void endActivationsByLane() {
        endsByLane = true;
    }

    /** Does a bounded amount of work; returns whether there was any. */
    boolean run() {
        return work(Long.MAX_VALUE);
    }

    /**
     * Does a bounded amount of what is to be done before an epoch ends here, and nothing when it
     * has ended; returns whether there was any.
     */
    boolean runToEnd(long ended) {
        if (epoch > ended) {
            return false;
        }
        try {
            return passMarks(ended) || work(ended);
        } finally {
            busy = false;
        }
    }

    private boolean work(long last) {
        boolean blocked = isBlocked();
        boolean any = !blocked && runDeferred();
        if (deferred.isEmpty() && !blocked) {
            any |= poll();
        }
        any |= passMarks(last);
        blocked = any ? isBlocked() : blocked;
        boolean wanted = marks.isEmpty() || !isReadyForMarks();
        if (epoch <= last && deferred.isEmpty() && wanted && !blocked && takesInput()) {
            any |= takeInput();
            any |= passMarks(last);
        }
        busy = false;
        return any;
    }

    /**
     * Ends the activation. The present lane is waited for until all has arrived: on its way an item
     * can make a link pass on what it had held of another lane, and so end activations behind it.
     */
    void endActivation() {
        head().flush();
        busy = false;
    }

    /** When there may be work without anybody's signal, in steady milliseconds. */
    long dueMillis() {
        if (!gatesOpen()) {
            return Long.MAX_VALUE;
        }
        if (!deferred.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long due = takesInput() ? inputDueMillis() : Long.MAX_VALUE;
        for (Polled each : polled) {
            due = Math.min(due, each.dueMillis());
        }
        return due;
    }

    /**
     * Takes some input, if there is any, and ends the activation; returns whether there was any.
     */
    abstract boolean takeInput();

    /** Whether no input has to be taken before a mark is passed on. */
    boolean isReadyForMarks() {
        return true;
    }

    /** Whether a mark waits to be passed on. */
    boolean hasMarks() {
        return !marks.isEmpty();
    }

    /** When there may be input, in steady milliseconds. */
    abstract long inputDueMillis();

    /** Whether the end of input has been passed on. */
    abstract boolean isEnded();

    /** Whether the end of input has been passed on and nothing is left of it. */
    boolean isFinished() {
        if (!isEnded() || !deferred.isEmpty() || !marks.isEmpty()) {
            return false;
        }
        for (Polled each : polled) {
            if (!each.isFinished()) {
                return false;
            }
        }
        return true;
    }

    /** Passes a mark on as soon as the links take one; no input is taken before. */
    void mark(Runnable mark) {
        marks.add(mark);
    }

    /** Ends the epoch in this stage. */
    void passBarrier(long ended) {
        head().flush();
        head().barrier(ended);
        epoch = ended + 1;
    }

    private boolean isBlocked() {
        boolean blocked = false;
        for (Sender gate : gates) {
            blocked |= gate.isBlocked();
        }
        return blocked;
    }

    /** Whether receivers are fast enough for so many items. */
    boolean gatesTake(long items) {
        for (Sender gate : gates) {
            if (!gate.takes(items)) {
                return false;
            }
        }
        return true;
    }

    private boolean gatesOpen() {
        for (Sender gate : gates) {
            if (gate.isBlocked()) {
                return false;
            }
        }
        return true;
    }

    private boolean runDeferred() {
        Slice first = deferred.peek();
        if (first == null) {
            return false;
        }
        budget.begin();
        if (first.run()) {
            deferred.remove(first);
        }
        touched();
        endActivation();
        return true;
    }

    private boolean poll() {
        boolean any = false;
        for (Polled each : polled) {
            budget.begin();
            any |= each.poll();
        }
        if (any) {
            touched();
            endActivation();
        }
        return any;
    }

    private boolean passMarks(long last) {
        boolean any = false;
        while (!marks.isEmpty()
                && epoch <= last
                && deferred.isEmpty()
                && isReadyForMarks()
                && takesMarks()) {
            marks.remove().run();
            any = true;
        }
        return any;
    }

    boolean takesInput() {
        for (Polled each : polled) {
            if (!each.takesInput()) {
                return false;
            }
        }
        return true;
    }

    /*
     * A mark overtakes nothing. What one link lets go of, such as dead letters of a batch, the next may hold back
     * in its turn; so the links are asked until none has anything left, and only then whether they take the mark.
     */
    private boolean takesMarks() {
        endActivation();
        while (releaseHeldBack()) {
            endActivation();
        }
        for (Polled each : polled) {
            if (!each.takesMarks()) {
                return false;
            }
        }
        return deferred.isEmpty();
    }

    /* Links are made, and so listed, downstream first. */
    private boolean releaseHeldBack() {
        boolean any = false;
        for (int i = polled.size() - 1; i >= 0; i--) {
            any |= polled.get(i).onMarkWaiting();
        }
        return any;
    }
}
