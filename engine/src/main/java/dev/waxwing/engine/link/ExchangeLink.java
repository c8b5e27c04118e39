package dev.waxwing.engine.link;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.channel.Sender;
import dev.waxwing.engine.site.Counting;
import dev.waxwing.engine.site.Route;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/** Sends each item to the worker that its route names; marks and lanes go to all. */
public final class ExchangeLink implements Link, Counting {

    private final Route route;
    private final Sender[] senders;
    private final StepSite feeder;
    private final @Nullable StageSite lanes;
    private long watermark = Mark.Watermark.NONE;
    private long items;

    /**
     * @param lanes tells the lane of an item, or null if nobody asks for it behind the exchange
     */
    public ExchangeLink(Route route, Sender[] senders, StepSite feeder, @Nullable StageSite lanes) {
        this.lanes = lanes;
        this.route = route;
        this.senders = senders;
        this.feeder = feeder;
    }

    @Override
    public void push(@Nullable Object key, Object value) {
        items++;
        Sender sender = senders[route.worker(key, senders.length)];
        if (lanes != null) {
            sender.lane(lanes.lane());
        }
        sender.add(key, value);
    }

    @Override
    public long items() {
        return items;
    }

    @Override
    public StepSite feeder() {
        return feeder;
    }

    @Override
    public void flush() {
        for (Sender sender : senders) {
            sender.handOver();
        }
    }

    @Override
    public void barrier(long epoch) {
        mark(new Mark.Barrier(epoch));
    }

    @Override
    public void watermark(long micros) {
        if (micros != watermark) {
            watermark = micros;
            mark(new Mark.Watermark(micros));
        }
    }

    @Override
    public void end() {
        mark(new Mark.End());
    }

    private void mark(Mark mark) {
        for (Sender sender : senders) {
            sender.mark(mark);
        }
    }
}
