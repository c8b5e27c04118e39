package dev.waxwing.embedded.worker;

import dev.waxwing.embedded.channel.Batch;
import dev.waxwing.embedded.channel.Mark;
import dev.waxwing.embedded.channel.Receiver;
import dev.waxwing.embedded.link.Link;
import dev.waxwing.embedded.link.WorkerSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage that is fed by other stages, here or in other workers. */
public final class InboxStage extends Stage {

    private static final int BATCHES_MAX = 16;

    private final List<Receiver> receivers;
    private BatchDriver driver;
    private int next;
    private int lane;
    private int held;
    private int ended;
    private long watermark = Mark.Watermark.NONE;

    public InboxStage(
            long firstEpoch, WorkerSite worker, List<Receiver> receivers, BatchDriver driver) {
        super(firstEpoch, worker);
        this.receivers = List.copyOf(receivers);
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
        void drive(Link head, Batch batch);
    }

    @Override
    boolean takeInput() {
        int taken = 0;
        int silent = 0;
        while (taken < BATCHES_MAX && silent < receivers.size()) {
            Receiver receiver = receivers.get(next);
            Object found = receiver.poll();
            if (found instanceof Batch batch) {
                lane = next;
                touched();
                driver.drive(head(), batch);
                taken++;
                silent = 0;
            } else if (found instanceof Mark mark) {
                taken++;
                receive(receiver, mark);
                break;
            } else {
                silent++;
            }
            next = next + 1 == receivers.size() ? 0 : next + 1;
        }
        if (taken > 0) {
            head().flush();
        }
        return taken > 0;
    }

    @Override
    long inputDueMillis() {
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

    @Override
    public int laneCount() {
        return receivers.size();
    }

    @Override
    public int lane() {
        return lane;
    }

    @Override
    public boolean isLaneEnded(int index) {
        return receivers.get(index).isEnded();
    }

    private void receive(Receiver receiver, Mark mark) {
        if (mark instanceof Mark.Barrier barrier) {
            receiver.hold();
            if (++held == receivers.size()) {
                mark(() -> release(barrier.epoch()));
            }
        } else if (mark instanceof Mark.Watermark marked) {
            receiver.watermark(marked.micros());
            mark(this::passWatermark);
        } else {
            receiver.end();
            mark(this::passEnd);
        }
    }

    private void release(long epoch) {
        held = 0;
        passBarrier(epoch);
        receivers.forEach(Receiver::release);
    }

    private void passEnd() {
        if (++ended == receivers.size()) {
            head().flush();
            head().end();
        } else {
            passWatermark();
        }
    }

    private void passWatermark() {
        long least = Mark.Watermark.IDLE;
        for (Receiver receiver : receivers) {
            if (!receiver.isEnded()) {
                least = Math.min(least, receiver.watermark());
            }
        }
        if (least != watermark && least != Mark.Watermark.NONE) {
            watermark = least;
            head().flush();
            head().watermark(least);
        }
    }
}
