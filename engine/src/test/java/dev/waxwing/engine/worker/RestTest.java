package dev.waxwing.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.channel.Pace;
import dev.waxwing.engine.link.SourceLink;
import dev.waxwing.engine.site.ChangeLog;
import dev.waxwing.engine.site.PendingItem;
import dev.waxwing.engine.site.StepSite;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.step.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a store has of the items of a partition that were left when epochs ended. */
final class RestTest {

    private final Worker worker = HandHost.worker(new HandEpochs());
    private final SourceStage stage = new SourceStage(worker, 1, null, null, false);
    private final StepSite site =
            new StepSite(
                    new CoreStep(
                            0,
                            "flow.in",
                            "flow.in",
                            new CoreOperator.Redistribute(),
                            false,
                            List.of(),
                            FailurePolicy.deadLetter()),
                    worker,
                    stage);
    private final List<String> passed = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final Budget budget = new Budget(() -> 0, Pace.of(1_000));
    private final SourceLink out =
            new SourceLink(
                    new SourceLink.Parts(
                            new ListingLink(passed, () -> {}),
                            new ListingLink(rejected, () -> {}),
                            site,
                            site.counts(),
                            budget));
    private final TreeMap<Object, Object> stored = new TreeMap<>();
    private int changes;
    private final ChangeLog log =
            new ChangeLog() {
                @Override
                public void put(Object key, Object state) {
                    changes++;
                    stored.put(key, state);
                }

                @Override
                public void remove(Object key) {
                    changes++;
                    stored.remove(key);
                }
            };
    private final Rest rest = new Rest("p");

    RestTest() {}

    @Test
    void storeHasWhatWasLeftAtTheLastEpoch() {
        rest.add("a");
        rest.add("b");
        rest.record(log, 1);
        assertThat(items()).containsExactly("a", "b");

        passOne();
        rest.add("c");
        rest.record(log, 2);
        assertThat(items()).containsExactly("b", "c");

        budget.begin();
        rest.passOn(out, budget, site.counts());
        rest.record(log, 3);
        assertThat(items()).isEmpty();
        assertThat(passed).containsExactly("a", "b", "c");
    }

    @Test
    void itemIsWrittenOnceAndRemovedOnce() {
        rest.add("a");
        rest.record(log, 1);
        rest.record(log, 2);
        assertThat(changes).isEqualTo(1);

        passOne();
        rest.record(log, 3);
        rest.record(log, 4);

        assertThat(changes).isEqualTo(2);
    }

    @Test
    void restoredItemLeavesTheStoreWhenItHasBeenPassedOn() {
        String place = PendingItem.place(1, 0, "p");
        stored.put(place, new PendingItem("a", null));
        rest.restore(place, new PendingItem("a", null));
        rest.record(log, 2);
        assertThat(changes).isZero();
        assertThat(rest.restored()).isEqualTo(1);

        passOne();
        rest.record(log, 3);

        assertThat(stored).isEmpty();
        assertThat(passed).containsExactly("a");
    }

    @Test
    void noMoreIsPassedOnThanThereIsTimeFor() {
        rest.add("a");
        rest.add("b");

        passOne();

        assertThat(passed).containsExactly("a");
        assertThat(rest.size()).isEqualTo(1);
    }

    @Test
    void rejectedItemStaysOneWhateverItsCauseSays() {
        rest.reject("raw", new IllegalStateException());
        rest.record(log, 1);
        var back = new Rest("p");
        stored.forEach((place, item) -> back.restore((String) place, (PendingItem) item));

        back.passOn(out, budget, site.counts());

        assertThat(passed).isEmpty();
        assertThat(rejected).hasSize(1);
    }

    @Test
    void itemThatCannotBeStoredHasToBePassedOn() {
        StateChanges store = SourceStageTest.pending();
        rest.add(new Object());
        rest.add("b");
        assertThat(rest.isStorable(store)).isFalse();
        assertThat(rest.isStorable(store)).isFalse();

        budget.begin();
        rest.passOn(out, budget, site.counts());
        assertThat(rest.isEmpty()).isTrue();
        rest.add("c");

        assertThat(rest.isStorable(store)).isTrue();
    }

    private void passOne() {
        budget.begin();
        budget.exhaust();
        rest.passOn(out, budget, site.counts());
    }

    private List<Object> items() {
        return stored.values().stream().map(item -> ((PendingItem) item).item()).toList();
    }
}
