package dev.waxwing.engine.link;

import dev.waxwing.engine.site.Counting;
import dev.waxwing.engine.site.StepSite;
import org.jspecify.annotations.Nullable;

/**
 * Where streams of one stage meet again: items pass as they come, a mark passes when it has come
 * from each. Within a stage a mark reaches all in one go, so nothing has to be held.
 */
public final class MergeLink {

    private final Link next;
    private final int upstreams;
    private final Watermarks watermarks;
    private int barriers;
    private int ends;

    public MergeLink(int upstreams, Link next) {
        this.next = next;
        this.upstreams = upstreams;
        this.watermarks = new Watermarks(upstreams);
    }

    /** The link for one upstream. */
    public Link input(int upstream, StepSite feeder) {
        return new Input(upstream, feeder);
    }

    private final class Input implements Link, Counting {

        private final int upstream;
        private final StepSite feeder;
        private long items;

        Input(int upstream, StepSite feeder) {
            this.upstream = upstream;
            this.feeder = feeder;
        }

        @Override
        public void push(@Nullable Object key, Object value) {
            items++;
            next.push(key, value);
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
            next.flush();
        }

        @Override
        public void barrier(long epoch) {
            if (++barriers == upstreams) {
                barriers = 0;
                next.barrier(epoch);
            }
        }

        @Override
        public void watermark(long micros) {
            watermarks.set(upstream, micros);
            watermarks.passOn(next);
        }

        @Override
        public void end() {
            watermarks.end(upstream);
            if (++ends < upstreams) {
                watermarks.passOn(next);
            } else {
                watermarks.passTime(next);
                next.end();
            }
        }
    }
}
