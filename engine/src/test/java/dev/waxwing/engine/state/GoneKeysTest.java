package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.link.DropLink;
import dev.waxwing.engine.link.Feed;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.link.Ports;
import dev.waxwing.engine.site.Boxed;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import dev.waxwing.state.StatefulSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step keeps grows with the keys that are there, not with those that have gone. */
final class GoneKeysTest {

    private static final int KEYS = 200;

    private final HandWorker worker = new HandWorker();
    private final HandStage stage = new HandStage();
    private final StepSite site = site();
    private final Map<Object, Object> saved = new TreeMap<>();
    private final Map<Object, Integer> called = new TreeMap<>();
    private long timeoutMillis = 3_600_000;
    private KeyedState state = state(StatefulSpec.Time.IGNORED, null);
    private StatefulLink link = link(state);

    @ParameterizedTest
    @CsvSource({"10,1", "10,3600000", "1000,1", "1000,60000", "1000,3600000", "5000,604800000"})
    void keysThatAreReleasedLeaveNothing(int releasesPerSecond, long timeout) {
        timeoutMillis = timeout;
        for (var second = 0; second < 10; second++) {
            for (var i = 0; i < releasesPerSecond; i++) {
                var key = (long) second * releasesPerSecond + i;
                link.push(key, "first");
                link.flush();
                link.push(key, "last");
                link.flush();
            }
            worker.now += 1_000;
            while (state.poll()) {}
        }

        assertThat(state.waiting()).isZero();
        assertThat(state.cells()).isZero();
        assertThat(state.dueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource(StatefulSpec.Time.class)
    void timesThatMoveHaveOneEntryAKey(StatefulSpec.Time time) {
        use(state(time, null));

        for (var activation = 0; activation < 100; activation++) {
            timeoutMillis = 3_600_000 + (activation % 3 == 0 ? 50 : -10L) * activation;
            for (long key = 0; key < KEYS; key++) {
                link.push(key, "item");
            }
            link.flush();
            assertThat(state.waiting()).isEqualTo(2 * KEYS);
        }
    }

    @ParameterizedTest
    @EnumSource(StatefulSpec.Time.class)
    void keysWithoutATimeDoNotWait(StatefulSpec.Time time) {
        use(state(time, null));
        for (long key = 0; key < KEYS; key++) {
            link.push(key, "item");
        }
        link.flush();
        timeoutMillis = Long.MAX_VALUE;

        for (long key = 0; key < KEYS; key++) {
            link.push(key, "item");
        }
        link.flush();

        assertThat(state.waiting()).isZero();
        assertThat(state.cells()).isEqualTo(KEYS);
    }

    @Test
    void keysThatComeAndGoWithinAnEpochLeaveNothingBeforeItEnds() {
        use(state(StatefulSpec.Time.IGNORED, new Store()));

        for (long key = 0; key < 10_000; key++) {
            link.push(key, "first");
            link.push(key, "last");
            link.flush();
        }

        assertThat(state.cells()).isZero();
        assertThat(state.waiting()).isZero();
        assertThat(state.dirty()).isLessThanOrEqualTo(1);
        endEpoch();
        assertThat(saved).isEmpty();
    }

    @Test
    void keyThatComesAgainWithinTheEpochIsSaved() {
        use(state(StatefulSpec.Time.IGNORED, new Store()));

        link.push(1L, "first");
        link.push(1L, "last");
        link.push(1L, "first");
        link.push(2L, "first");
        link.flush();
        endEpoch();
        assertThat(saved).containsOnlyKeys(1L, 2L);

        link.push(2L, "last");
        link.flush();
        assertThat(state.cells()).isEqualTo(2);
        endEpoch();
        assertThat(saved).containsOnlyKeys(1L);
        assertThat(state.cells()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keyIsCalledInTheLaneOfItsLastItem(boolean byTime) {
        stage.tellsLanes = true;
        use(state(StatefulSpec.Time.IGNORED, null));
        Map<Object, Integer> lanes = new TreeMap<>();
        for (long key = 0; key < KEYS; key++) {
            lanes.put(key, (int) (key % 3));
        }
        for (int lane : new int[] {2, 1, 0}) {
            stage.lane = lane;
            lanes.forEach(
                    (key, last) -> {
                        if (last <= stage.lane) {
                            link.push(key, "item");
                        }
                    });
            link.flush();
        }

        stage.lane = 7;
        if (byTime) {
            worker.now += timeoutMillis;
            while (state.poll()) {}
        } else {
            link.end();
            while (!stage.deferred.element().run()) {}
        }

        assertThat(called).isEqualTo(lanes);
    }

    @Test
    void tableThatWasLargeIsSmallAgain() {
        var table = new CellTable();
        for (var i = 0; i < 100_000; i++) {
            table.add(new Cell(i, Boxed.rest(1L), CellTable.hash(i)));
        }
        assertThat(table.capacity()).isGreaterThanOrEqualTo(200_000);

        for (var cell : table.toArray()) {
            table.remove(cell);
        }

        assertThat(table.size()).isZero();
        assertThat(table.capacity()).isLessThanOrEqualTo(64);
    }

    private void endEpoch() {
        link.barrier(stage.epoch++);
        while (!state.snapshotSlice()) {}
    }

    private void use(KeyedState other) {
        state = other;
        link = link(other);
    }

    private KeyedState state(StatefulSpec.Time time, @Nullable ChangeLog changes) {
        return new KeyedState((context, state) -> new Pair(), site, time, changes, null);
    }

    private StatefulLink link(KeyedState keys) {
        Link next = new DropLink(site);
        Ports ports = new Ports(next, List.of());
        var calls = new KeyedEmitter(new KeyedEmitter.Parts(keys, next, ports, false));
        keys.callBy(calls);
        return new StatefulLink(
                new StatefulLink.Parts(keys, ports, calls, site, new Feed(site, site.counts())));
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

    /** Waits for the last item of its key, for as long as the test says. */
    private final class Pair implements StatefulLogic<Object, Object, Object> {

        @Override
        public Retain onItem(Object value, Outputs<? super Object> out) {
            return value.equals("last") ? Retain.DISCARD : Retain.KEEP;
        }

        @Override
        public Retain onNotify(Outputs<? super Object> out) {
            called.put(state.currentKey(), stage.lane);
            return Retain.DISCARD;
        }

        @Override
        public Retain onEndOfInput(Outputs<? super Object> out) {
            return onNotify(out);
        }

        @Override
        public long notifyAtMillis() {
            return timeoutMillis == Long.MAX_VALUE ? timeoutMillis : worker.now + timeoutMillis;
        }

        @Override
        public long notifyAtWatermark() {
            return timeoutMillis;
        }

        @Override
        public Object snapshot() {
            return "state";
        }
    }
}
