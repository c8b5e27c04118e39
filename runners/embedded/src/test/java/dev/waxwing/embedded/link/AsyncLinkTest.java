package dev.waxwing.embedded.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.AsyncOptions;
import dev.waxwing.AsyncOptions.Order;
import dev.waxwing.function.AsyncMapper;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which calls are made and which results are passed on, with calls that a test completes. */
final class AsyncLinkTest {

    private static final AsyncOptions TWO = AsyncOptions.defaults().withInFlightMax(2);

    private final Map<Object, CompletableFuture<Object>> calls = new LinkedHashMap<>();
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
        AsyncMapper<Object, Object> mapper =
                item -> {
                    var call = new CompletableFuture<>();
                    calls.put(item, call);
                    return call;
                };
        var step =
                new CoreStep(
                        0,
                        "flow.call",
                        "flow.call",
                        new CoreOperator.Async(mapper, options),
                        false,
                        List.of(),
                        null);
        var site = new StepSite(step, new HandWorker(), stage);
        return new AsyncLink(mapper, options, next, site, null, () -> {}, site, 0);
    }
}
