package dev.waxwing.engine.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.HandStage;
import dev.waxwing.engine.site.HandWorker;
import dev.waxwing.engine.site.Owners;
import dev.waxwing.engine.site.StageSite;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.step.AsyncOptions;
import dev.waxwing.step.AsyncOptions.Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which calls are made and which results are passed on, with calls that a test completes. */
final class AsyncLinkTest {

    private static final AsyncOptions TWO = AsyncOptions.defaults().withInFlightMax(2);

    private final Map<Object, CompletableFuture<Object>> calls = new LinkedHashMap<>();
    private final SortedMap<Object, Object> stored = new TreeMap<>();
    private final ChangeLog log =
            new ChangeLog() {
                @Override
                public void put(Object key, Object state) {
                    stored.put(key, state);
                }

                @Override
                public void remove(Object key) {
                    stored.remove(key);
                }
            };
    private final HandLink next = new HandLink();
    private final HandStage stage = new HandStage();

    @Test
    void noMoreCallsAreOpenThanAllowed() {
        AsyncLink link = link(TWO);
        push(link, "a", "b", "c", "d");

        assertThat(calls).containsOnlyKeys("a", "b");
        assertThat(link.takesInput()).isFalse();
        complete(link, "a");
        assertThat(calls).containsOnlyKeys("a", "b", "c");
        complete(link, "b");
        assertThat(calls).containsOnlyKeys("a", "b", "c", "d");
        assertThat(link.takesInput()).isTrue();
    }

    @Test
    void resultThatIsHeldForTheOrderKeepsItsPlace() {
        AsyncLink link = link(TWO);
        push(link, "a", "b", "c");

        complete(link, "b");

        assertThat(next.told()).isEmpty();
        assertThat(calls).containsOnlyKeys("a", "b");
        complete(link, "a");
        assertThat(next.told()).containsExactly("a", "b");
        assertThat(calls).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void laterResultPassesAnEarlierOneAsCallsComplete() {
        AsyncLink link = link(TWO.withOrder(Order.AS_COMPLETED));
        push(link, "a", "b", "c");

        complete(link, "b");

        assertThat(next.told()).containsExactly("b");
        assertThat(calls).containsOnlyKeys("a", "b", "c");
        complete(link, "c");
        complete(link, "a");
        assertThat(next.told()).containsExactly("b", "c", "a");
    }

    @Test
    void watermarkStaysBehindTheResultsOfItemsBeforeItInAnyOrder() {
        AsyncLink link = link(TWO.withOrder(Order.AS_COMPLETED));
        push(link, "a");
        link.watermark(7);
        push(link, "b");

        complete(link, "b");
        assertThat(next.told()).containsExactly("b");
        complete(link, "a");
        assertThat(next.told()).containsExactly("b", "a", "7");
    }

    @Test
    void itemsAreFlushedBeforeTheWatermarkBehindThem() {
        AsyncLink link = link(TWO);
        push(link, "a");
        link.watermark(7);
        push(link, "b");

        calls.get("a").complete("a");
        calls.get("b").complete("b");
        link.poll();

        assertThat(next.all).containsExactly("a", "flush", "7", "b");
    }

    /* A link behind may have let items go since the last flush. */
    @Test
    void everyWatermarkHasAFlushBeforeItThoughNothingWasPassedOn() {
        AsyncLink link = link(TWO);
        push(link, "a");
        link.watermark(7);
        link.watermark(8);

        complete(link, "a");

        assertThat(next.all).containsExactly("a", "flush", "7", "flush", "8");
    }

    @Test
    void resultIsOfTheLaneOfItsItemWhichIsHeldUntilThen() {
        AsyncLink link = link(TWO);
        stage.lane = 3;
        push(link, "a");
        stage.lane = 5;
        assertThat(stage.isHolding(3)).isTrue();

        complete(link, "a");

        assertThat(stage.lane).isEqualTo(3);
        assertThat(stage.held).isEmpty();
    }

    @Test
    void callThatIsMadeAgainComesBeforeMarksAndIsOfNoLane() {
        AsyncLink link = link(TWO);
        link.restore(
                String.format("%019d/%04d/%09d", 0, 0, 0), new AsyncLink.UnfinishedCall(null, "a"));
        assertThat(stage.held).containsExactly(StageSite.NO_LANE);
        link.watermark(7);
        assertThat(next.told()).isEmpty();

        link.poll();
        complete(link, "a");

        assertThat(next.told()).containsExactly("a", "7");
        assertThat(stage.lane).isEqualTo(StageSite.NO_LANE);
        assertThat(stage.held).isEmpty();
    }

    @Test
    void callIsMadeAgainInItsEpochAndItemsWaitBehindIt() {
        AsyncLink link = link(TWO, 2);
        restore(link, "a");
        push(link, "b");
        assertThat(link.dueMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(link.poll()).isFalse();
        assertThat(calls).isEmpty();

        stage.epoch = 2;
        assertThat(link.dueMillis()).isEqualTo(Long.MIN_VALUE);
        assertThat(link.poll()).isTrue();
        assertThat(calls.keySet()).containsExactly("a", "b");
    }

    @Test
    void whileCallsAreMadeAgainMarksWaitForThoseInOrder() {
        AsyncLink link = link(TWO, 2);
        restore(link, "a");
        assertThat(link.takesMarks()).as("nothing is settled").isTrue();
        stage.settling = true;
        assertThat(link.takesMarks()).as("before its epoch").isTrue();

        stage.epoch = 2;
        assertThat(link.takesMarks()).as("to be made").isFalse();
        link.poll();
        assertThat(link.takesMarks()).as("in flight").isFalse();
        complete(link, "a");
        assertThat(link.takesMarks()).as("done").isTrue();
    }

    @Test
    void marksDoNotWaitForCallsInFlight() {
        AsyncLink link = link(TWO);
        push(link, "a");
        assertThat(link.takesMarks()).isTrue();

        AsyncLink unordered = link(TWO.withOrder(Order.AS_COMPLETED));
        stage.settling = true;
        push(unordered, "b");
        assertThat(unordered.takesMarks()).isTrue();
    }

    @Test
    void watermarkNeedsNoFreePlace() {
        AsyncLink link = link(TWO);
        push(link, "a", "b");
        link.watermark(7);
        assertThat(link.takesInput()).isTrue();

        calls.get("a").complete("a");
        calls.get("b").complete("b");
        link.poll();

        assertThat(next.told()).containsExactly("a", "b", "7");
    }

    @Test
    void endComesBehindTheLastResultAndAFlush() {
        AsyncLink link = link(TWO);
        push(link, "a");
        link.end();
        assertThat(stage.ends).isEmpty();

        complete(link, "a");
        stage.ends.forEach(Runnable::run);

        assertThat(next.all).containsExactly("a", "flush", "end");
    }

    @Test
    void activationIsUsedUpWhenNoPlaceIsFree() {
        AsyncLink link = link(TWO);
        stage.budget = new Budget(() -> 0, Pace.of(1_000));
        push(link, "a", "b");
        assertThat(stage.budget.isSpent()).isFalse();

        push(link, "c");

        assertThat(stage.budget.isSpent()).isTrue();
    }

    @Test
    void noMoreIsPassedOnThanThereIsTimeFor() {
        AsyncLink link = link(TWO);
        stage.budget = new Budget(() -> 0, Pace.of(1_000));
        push(link, "a", "b");
        calls.get("a").complete("a");
        next.onItem = stage.budget::exhaust;

        complete(link, "b");
        assertThat(next.told()).containsExactly("a");
        link.poll();
        assertThat(next.told()).containsExactly("a", "b");
    }

    @Test
    void itemsOfUnfinishedCallsAreStoredWhereverTheyWait() {
        AsyncLink link = link(TWO, 2);
        restore(link, "a");
        push(link, "b");
        link.barrier(1);
        assertThat(stored()).containsExactly("a", "b");

        stage.epoch = 2;
        link.poll();
        push(link, "c");
        link.barrier(2);
        assertThat(stored()).containsExactly("a", "b", "c");

        complete(link, "a");
        link.barrier(3);
        assertThat(stored()).containsExactly("b", "c");
    }

    @Test
    void callIsMadeAgainByTheWorkerThatMadeItIfThereIsOne() {
        String place = String.format("%019d/%04d/%09d", 7, 2, 0);

        int maker = AsyncLink.makerOf(place);
        assertThat(Owners.BY_HASH.ofWorker(maker, 3)).isEqualTo(2);
        assertThat(Owners.BY_HASH.ofWorker(maker, 2)).isEqualTo(0);
    }

    private List<Object> stored() {
        return stored.values().stream()
                .map(call -> ((AsyncLink.UnfinishedCall) call).item())
                .toList();
    }

    private void restore(AsyncLink link, Object item) {
        String place = String.format("%019d/%04d/%09d", 0, 0, 0);
        var call = new AsyncLink.UnfinishedCall(null, item);
        stored.put(place, call);
        link.restore(place, call);
    }

    private static void push(AsyncLink link, Object... items) {
        for (Object item : items) {
            link.push(null, item);
        }
    }

    private void complete(AsyncLink link, Object item) {
        calls.get(item).complete(item);
        link.poll();
    }

    private AsyncLink link(AsyncOptions options) {
        return link(options, 0);
    }

    private AsyncLink link(AsyncOptions options, long callsEpoch) {
        AsyncMapper<Object, Object> mapper =
                item -> {
                    var call = new CompletableFuture<>();
                    calls.put(item, call);
                    return call;
                };
        var operator = new CoreOperator.Async(mapper, options);
        var step = new CoreStep(0, "flow.call", "flow.call", operator, false, List.of(), null);
        var site = new StepSite(step, new HandWorker(), stage);
        return new AsyncLink(operator, next, site, site, log, callsEpoch);
    }
}
