package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many keys that are to be called at a time are called a thousand in a slice. */
final class SlicesTest {

    private static final int KEYS = 2 * KeyedState.SLICE_KEYS + 500;

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site = site();
    private int called;

    @Test
    void endOfInputIsToldASliceAtATime() {
        StatefulLink link = withAllKeys(StatefulSpec.Time.IGNORED);

        link.end();
        Slice slice = stage.deferred.remove();

        assertThat(called).isZero();
        assertThat(slice.run()).isFalse();
        assertThat(called).isEqualTo(KeyedState.SLICE_KEYS);
        assertThat(slice.run()).isFalse();
        assertThat(called).isEqualTo(2 * KeyedState.SLICE_KEYS);
        assertThat(slice.run()).isTrue();
        assertThat(called).isEqualTo(KEYS);
    }

    @Test
    void keysThatAWatermarkMakesDueAreCalledASliceAtATime() {
        StatefulLink link = withAllKeys(StatefulSpec.Time.FOLLOWED);

        link.watermark(100);
        Slice slice = stage.deferred.remove();

        assertThat(called).isZero();
        assertThat(slice.run()).isFalse();
        assertThat(called).isEqualTo(KeyedState.SLICE_KEYS);
        assertThat(slice.run()).isFalse();
        assertThat(slice.run()).isTrue();
        assertThat(called).isEqualTo(KEYS);
    }

    @Test
    void keysThatAreDueByTimeAreCalledASliceAtATime() {
        KeyedState state = state(StatefulSpec.Time.IGNORED);
        withAllKeys(state);
        worker.now = 100;

        assertThat(state.poll()).isTrue();
        assertThat(called).isEqualTo(KeyedState.SLICE_KEYS);
        assertThat(state.dueMillis()).isLessThanOrEqualTo(100);
        assertThat(state.poll()).isTrue();
        assertThat(state.poll()).isTrue();
        assertThat(called).isEqualTo(KEYS);
        assertThat(state.poll()).isFalse();
    }

    private StatefulLink withAllKeys(StatefulSpec.Time time) {
        return withAllKeys(state(time));
    }

    private StatefulLink withAllKeys(KeyedState state) {
        Link next = new DropLink(site);
        Ports ports = new Ports(next, List.of());
        var calls = new KeyedEmitter(new KeyedEmitter.Parts(state, next, ports, false));
        var link =
                new StatefulLink(
                        new StatefulLink.Parts(
                                state, ports, calls, site, new Feed(site, site.counts())));
        state.callBy(calls);
        for (int key = 0; key < KEYS; key++) {
            link.push(key, "item");
        }
        link.flush();
        return link;
    }

    private KeyedState state(StatefulSpec.Time time) {
        return new KeyedState((context, state) -> new Counted(), site, time, null, null);
    }

    private StepSite site() {
        var step =
                new CoreStep(
                        0,
                        "flow.keys",
                        "flow.keys",
                        new CoreOperator.Redistribute(),
                        true,
                        List.of(),
                        null);
        return new StepSite(step, worker, stage);
    }

    /** Wants to be called when it is 100, by any clock, and at the end. */
    private final class Counted implements StatefulLogic<Object, Object, Object> {

        @Override
        public Retain onItem(Object value, Outputs<? super Object> out) {
            return Retain.KEEP;
        }

        @Override
        public Retain onNotify(Outputs<? super Object> out) {
            called++;
            return Retain.DISCARD;
        }

        @Override
        public Retain onEndOfInput(Outputs<? super Object> out) {
            called++;
            return Retain.DISCARD;
        }

        @Override
        public long notifyAtMillis() {
            return 100;
        }

        @Override
        public long notifyAtWatermark() {
            return 100;
        }

        @Override
        public Object snapshot() {
            return "";
        }
    }
}
