package dev.waxwing.engine.worker;

import dev.waxwing.engine.channel.Batch;
import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Watermarks;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.WorkerSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage that is fed by other stages, here or in other workers. */
public final class InboxStage extends Stage {

    private static final int BATCHES_MAX = 16;

    private final List<Receiver> receivers;
    private final List<? extends StageSite> merged;
    private final Watermarks watermarks;
    private BatchDriver driver;
    private int next;

    /** What is being worked off, its lane, and the number of its next item. */
    private @Nullable Batch batch;

    private int batchLane;
    private int at;
    private int held;
    private int ended;

    /**
     * @param merged the stages of this worker that the receivers' items come from, if it is a merge
     *     of these, so that their lanes are its lanes; else none, and each sender is a lane
     */
    public InboxStage(
            long firstEpoch,
            WorkerSite worker,
            List<Receiver> receivers,
            List<? extends StageSite> merged,
            BatchDriver driver) {
        super(firstEpoch, worker);
        this.receivers = List.copyOf(receivers);
        this.merged = List.copyOf(merged);
        this.watermarks = new Watermarks(receivers.size());
        this.driver = driver;
    }

    /** The chain, and what pushes batches into it; null for the plain loop. */
    public void start(Link chain, @Nullable BatchDriver drives) {
        start(chain);
        if (drives != null) {
            driver = drives;
        }
    }

    /** Pushes the items of a batch into a chain. */
    public interface BatchDriver {

        /**
         * Pushes items while the budget allows it.
         *
         * @param from the number of the first item
         * @return the number of the first item that was not pushed
         */
        int drive(Link head, Batch batch, int from, Budget budget);
    }

    /** Pushes the items of a batch into a chain, whatever its class. */
    public static int driveAny(Link head, Batch batch, int from, Budget budget) {
        int at = from;
        while (at < batch.size() && budget.allows(at)) {
            head.push(batch.key(at), batch.value(at));
            at++;
        }
        return at;
    }

    @Override
    boolean takeInput() {
        Budget budget = budget();
        long now = budget.nanos();
        int taken = 0;
        int silent = 0;
        budget.begin(at);
        if (batch != null) {
            release(batchLane);
            drive(batch, budget);
            now = budget.nanos();
            taken++;
        }
        while (batch == null
                && taken < BATCHES_MAX
                && silent < receivers.size()
                && !budget.isSpent()) {
            Receiver receiver = receivers.get(next);
            Object found = receiver.poll(now);
            if (found instanceof Batch received) {
                batchLane = laneOf(next, received);
                beginBatch();
                touched();
                drive(received, budget);
                now = budget.nanos();
                taken++;
                silent = 0;
            } else if (found instanceof Mark mark) {
                taken++;
                receive(next, mark);
                break;
            } else {
                silent++;
            }
            next = next + 1 == receivers.size() ? 0 : next + 1;
        }
        if (taken > 0) {
            endActivation();
        }
        return taken > 0;
    }

    /* Its sender does not have it any more, and the activation of another lane may end here. */
    private void beginBatch() {
        hold(batchLane);
        release(batchLane);
    }

    private void drive(Batch received, Budget budget) {
        at = driver.drive(head(), received, at, budget);
        batch = received;
        if (at == received.size()) {
            budget.countAnew(at);
            batch = null;
            at = 0;
        } else {
            hold(batchLane);
        }
    }

    @Override
    long inputDueMillis() {
        if (batch != null) {
            return Long.MIN_VALUE;
        }
        for (Receiver receiver : receivers) {
            if (receiver.isReady()) {
                return Long.MIN_VALUE;
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    boolean isEnded() {
        return ended == receivers.size();
    }

    /* The lanes of merged stages lie one after another. */
    private int laneOf(int receiver, Batch batch) {
        if (merged.isEmpty()) {
            return receiver;
        }
        return batch.lane() == NO_LANE ? NO_LANE : firstLane(receiver) + batch.lane();
    }

    private int firstLane(int receiver) {
        int first = 0;
        for (int before = 0; before < receiver; before++) {
            first += merged.get(before).laneCount();
        }
        return first;
    }

    private int receiverOf(int lane) {
        int receiver = 0;
        for (int left = lane; left >= merged.get(receiver).laneCount(); receiver++) {
            left -= merged.get(receiver).laneCount();
        }
        return receiver;
    }

    @Override
    public int laneCount() {
        return merged.isEmpty() ? receivers.size() : firstLane(receivers.size());
    }

    @Override
    public boolean isLaneEnded(int lane) {
        if (isHolding(lane)) {
            return false;
        }
        if (merged.isEmpty()) {
            return receivers.get(lane).isEnded();
        }
        int of = receiverOf(lane);
        return receivers.get(of).isEmpty() && merged.get(of).isLaneEnded(lane - firstLane(of));
    }

    @Override
    public long silentMillis(int lane) {
        if (isHolding(lane)) {
            return Long.MIN_VALUE;
        }
        if (merged.isEmpty()) {
            return receivers.get(lane).hasMore() ? Long.MIN_VALUE : worker().steadyMillis();
        }
        int of = receiverOf(lane);
        return receivers.get(of).isEmpty()
                ? merged.get(of).silentMillis(lane - firstLane(of))
                : Long.MIN_VALUE;
    }

    private void receive(int index, Mark mark) {
        Receiver receiver = receivers.get(index);
        if (mark instanceof Mark.Barrier barrier) {
            receiver.hold();
            if (++held == receivers.size()) {
                mark(() -> release(barrier.epoch()));
            }
        } else if (mark instanceof Mark.Watermark marked) {
            watermarks.set(index, marked.micros());
            mark(this::passWatermark);
        } else {
            receiver.end();
            watermarks.end(index);
            mark(this::passEnd);
        }
    }

    private void release(long epoch) {
        held = 0;
        passBarrier(epoch);
        receivers.forEach(Receiver::release);
    }

    private void passEnd() {
        if (++ended < receivers.size()) {
            passWatermark();
            return;
        }
        head().flush();
        watermarks.passTime(head());
        mark(
                () -> {
                    head().flush();
                    head().end();
                });
    }

    private void passWatermark() {
        head().flush();
        watermarks.passOn(head());
    }
}
