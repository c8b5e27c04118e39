package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.Slice;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.columnar.ColumnarLogic;
import dev.waxwing.step.StepFailedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What epochs record of the keys of one logic, and when keys are forgotten. */
final class ColumnarStateTest {

    private static final long KEYS = 15_000;
    private static final int ACTIONS = 400;

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final Counts counts = new Counts();
    private final Map<Object, Object> saved = new HashMap<>();
    private final ColumnarState state = state(counts, new Store());
    private final ColumnarLink link = link(state, counts);

    /* Items of many keys are held until the activation ends. */
    @Test
    void activationsEndByLaneIfLanesAreAskedFor() {
        assertThat(stage.endsByLane).isFalse();
        stage.tellsLanes = true;

        state(counts, new Store());

        assertThat(stage.endsByLane).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void epochsRecordWhatKeysWereWhenTheyEnded(long seed) {
        var random = new Random(seed);
        Map<Object, Object> model = new HashMap<>();
        Map<Object, Object> ended = Map.of();
        var saving = false;
        Set<Boolean> sizes = new HashSet<>();

        for (var i = 0; i < ACTIONS; i++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    while (!state.snapshotSlice()) {}
                    assertThat(saved).as("seed %d, action %d", seed, i).isEqualTo(ended);
                    ended = Map.copyOf(model);
                    link.barrier(stage.epoch++);
                    saving = true;
                }
                case 1 -> saving &= !state.snapshotSlice();
                case 2 -> {
                    var micros = counts.firedAt + 1 + random.nextInt(2);
                    link.watermark(micros);
                    while (!stage.deferred.isEmpty()) {
                        if (stage.deferred.element().run()) {
                            stage.deferred.remove();
                        }
                    }
                    model.clear();
                    counts.firedAt = micros;
                }
                default -> {
                    var first = random.nextLong(3 * KEYS);
                    var items = random.nextInt(6_000);
                    for (var n = 0; n < items; n++) {
                        var key = first + random.nextLong(KEYS);
                        link.push(key, "item");
                        model.merge(key, 1, (one, two) -> (Integer) one + (Integer) two);
                    }
                    sizes.add(state.isLarge());
                    link.flush();
                }
            }
            assertThat(state.size()).as("seed %d, action %d", seed, i).isEqualTo(model.size());
            if (!saving) {
                assertThat(saved).as("seed %d, action %d", seed, i).isEqualTo(ended);
            }
        }
        assertThat(sizes).containsExactlyInAnyOrder(false, true);
    }

    @Test
    void restoredKeysAreThereAndRecordedWhenTheyEnd() {
        saved.putAll(Map.of(7L, 3, 8L, 2));
        state.restore(7L, 3, 0);
        state.restore(8L, 2, 0);

        link.push(7L, "item");
        link.barrier(stage.epoch++);
        while (!state.snapshotSlice()) {}
        assertThat(saved).isEqualTo(Map.of(7L, 4, 8L, 2));

        link.watermark(100);
        stage.deferred.remove().run();
        link.barrier(stage.epoch++);
        while (!state.snapshotSlice()) {}
        assertThat(saved).isEmpty();
    }

    @Test
    void manyKeysThatAreGoneAreForgotten() {
        for (long key = 0; key < 7 * KEYS; key++) {
            link.push(key, "item");
        }
        var many = counts.counts.length;
        fire(100);
        link.barrier(stage.epoch++);
        while (!state.snapshotSlice()) {}
        assertThat(counts.counts).hasSize(many);

        link.push(1L, "item");
        fire(200);

        assertThat(counts.counts.length).isLessThan(many / 100);
    }

    @Test
    void keysThatAreGoneAreForgottenWithoutAnotherWatermark() {
        for (long key = 0; key < 7 * KEYS; key++) {
            link.push(key, "item");
        }
        fire(100);
        link.barrier(stage.epoch++);
        while (!state.snapshotSlice()) {}
        var many = state.capacity();

        worker.now = state.dueMillis();
        assertThat(state.poll()).isFalse();
        assertThat(state.capacity()).isEqualTo(many);
        worker.now = state.dueMillis();
        assertThat(state.poll()).isFalse();

        assertThat(state.capacity()).isLessThan(many / 100);
        assertThat(state.dueMillis()).isEqualTo(Long.MAX_VALUE);
        link.push(7L, "item");
        assertThat(state.size()).isEqualTo(1);
    }

    @Test
    void keysThatAreUsedFromTimeToTimeKeepTheirSlots() {
        for (long key = 0; key < 7 * KEYS; key++) {
            link.push(key, "item");
        }
        var many = state.capacity();

        for (var round = 1; round < 5; round++) {
            fire(100L * round);
            worker.now = state.dueMillis();
            assertThat(state.poll()).isFalse();
            assertThat(state.capacity()).isEqualTo(many);
            for (long key = 0; key < 7 * KEYS; key++) {
                link.push(key, "item");
            }
            link.flush();
        }
    }

    @Test
    void noSlotIsMovedWhileItemsAreHeld() {
        state.add(1, 1, Boxed.rest(1L));
        state.held().add(state.find(1, 1, Boxed.rest(1L)), "item");

        assertThatThrownBy(
                        () -> {
                            for (var key = 2; key < 100; key++) {
                                state.add(key, key, Boxed.rest(1L));
                            }
                        })
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("step 'flow.keys'")
                .hasMessageContaining("defect of Waxwing");
    }

    @Test
    void keyIsCalledInTheLaneOfItsLastItem() {
        stage.tellsLanes = true;
        Counts fired = new Counts();
        ColumnarState keys = state(fired, new Store());
        ColumnarLink of = link(keys, fired);
        fired.state = keys;
        Map<Object, Integer> lanes = new HashMap<>();
        lanes.put(-1L, StageSite.NO_LANE);
        stage.lane = 7;
        keys.restore(-1L, 3, 0);
        for (long key = 0; key < KEYS; key++) {
            lanes.put(key, (int) (key % 3));
            for (int lane = 2; lane >= key % 3; lane--) {
                stage.lane = lane;
                of.push(key, "item");
            }
        }
        of.flush();

        stage.lane = 7;
        of.watermark(100);
        while (!stage.deferred.element().run()) {}

        assertThat(fired.called).isEqualTo(lanes);
    }

    @Test
    void slicesAreBoundedAndNothingIsCalledByTimeAfterTheEndOfInput() {
        for (long key = 0; key < 2 * StepState.SLICE_KEYS + 500; key++) {
            link.push(key, "item");
        }

        link.end();
        Slice slice = stage.deferred.remove();

        assertThat(slice.run()).isFalse();
        assertThat(state.size()).isEqualTo(StepState.SLICE_KEYS + 500);
        assertThat(slice.run()).isFalse();
        assertThat(slice.run()).isTrue();
        assertThat(state.size()).isZero();
        assertThat(state.dueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keysThatARestoredWatermarkMakesDueAreCalledByPolling() {
        state.restore(7L, 3, 0);
        state.restoreTime("worker 0", 100);

        assertThat(state.dueMillis()).isEqualTo(Long.MIN_VALUE);
        assertThat(state.poll()).isTrue();
        assertThat(state.size()).isZero();
        assertThat(state.poll()).isFalse();
    }

    private void fire(long micros) {
        link.flush();
        link.watermark(micros);
        while (!stage.deferred.remove().run()) {
            stage.deferred.add(new DueKeys(state, link.ports(), micros));
        }
    }

    private ColumnarState state(Counts logic, ChangeLog changes) {
        return new ColumnarState(logic, site(), changes, null);
    }

    private ColumnarLink link(ColumnarState keys, Counts logic) {
        Link next = new DropLink(keys.site());
        Ports ports = new Ports(next, List.of());
        var calls = new KeyedEmitter(new KeyedEmitter.Parts(keys, next, ports, false));
        keys.callBy(calls);
        return new ColumnarLink(
                new ColumnarLink.Parts(
                        logic,
                        keys,
                        ports,
                        calls,
                        keys.site(),
                        new Feed(keys.site(), keys.site().counts())));
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

    /** The store, as far as epochs have been recorded. */
    private final class Store implements ChangeLog {

        @Override
        public void put(Object key, Object value) {
            saved.put(key, value);
        }

        @Override
        public void remove(Object key) {
            assertThat(saved.remove(key)).isNotNull();
        }
    }

    /** Counts the items of each key, and forgets a key with the next watermark. */
    private final class Counts implements ColumnarLogic<Object, Object, Object> {

        private final Map<Object, Integer> called = new HashMap<>();
        private @Nullable ColumnarState state;
        private int[] counts = {};
        private long firedAt;
        private int size;
        private int next;

        @Override
        public void resize(int capacity, IntUnaryOperator to) {
            int[] before = counts;
            counts = new int[capacity];
            for (var slot = 0; slot < before.length; slot++) {
                if (before[slot] > 0) {
                    counts[to.applyAsInt(slot)] = before[slot];
                }
            }
        }

        @Override
        public void onItem(int slot, Object value, long watermark, Outputs<? super Object> out) {
            size += counts[slot]++ == 0 ? 1 : 0;
        }

        @Override
        public int look(int slot) {
            return counts[slot];
        }

        @Override
        public long dueAtWatermark() {
            return size == 0 ? Long.MAX_VALUE : firedAt + 1;
        }

        @Override
        public int nextDue(long watermark) {
            if (size == 0 || watermark <= firedAt) {
                return NONE;
            }
            while (counts[next % counts.length] == 0) {
                next++;
            }
            return next % counts.length;
        }

        @Override
        public void onDue(int slot, Outputs<? super Object> out) {
            if (state != null) {
                called.put(state.currentKey(), stage.lane);
            }
            counts[slot] = 0;
            size--;
        }

        @Override
        public @Nullable Object snapshot(int slot) {
            return counts[slot] == 0 ? null : counts[slot];
        }

        @Override
        public void restore(int slot, Object restored) {
            counts[slot] = (Integer) restored;
            size++;
        }

        @Override
        public boolean isInUse(int slot) {
            return counts[slot] > 0;
        }

        @Override
        public int size() {
            return size;
        }
    }
}
