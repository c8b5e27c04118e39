package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.crash;
import static dev.waxwing.testing.TestItems.endOfInput;
import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.function.Order;
import dev.waxwing.function.TypeRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the folds that emit at the end of input mean on any runner. */
public abstract class FinalsSpec extends OperatorSpec {

    private record Bid(String bidder, int amount) {}

    private static final Order<Bid> BY_AMOUNT = Order.by(Bid::amount);

    @Test
    void countFinalCountsTheValuesOfEachKey() {
        given("a", "a", "b", "c", "b", "a")
                .throughKeyed(words -> words.keyOn("word", word -> word).countFinal("count"))
                .expectInAnyOrder(keyed("a", 3L), keyed("b", 2L), keyed("c", 1L));
    }

    @Test
    void foldFinalEmitsTheFoldOfEachKey() {
        givenKeyed(keyed("a", 1), keyed("b", 7), keyed("a", 4), keyed("a", 2))
                .through(
                        pairs ->
                                pairs.<List<Integer>>foldFinal(
                                        "list",
                                        ArrayList::new,
                                        (list, n) -> {
                                            list.add(n);
                                            return list;
                                        }))
                .expect(keyed("a", List.of(1, 4, 2)), keyed("b", List.of(7)));
    }

    @Test
    void reduceFinalCombinesTheValuesOfEachKey() {
        givenKeyed(
                        keyed("a", 1),
                        keyed("a", 4),
                        keyed("a", 2),
                        keyed("a", 9),
                        keyed("a", 4),
                        keyed("a", 3))
                .through(pairs -> pairs.reduceFinal("max", Math::max))
                .expect(keyed("a", 9));
    }

    @Test
    void maxFinalKeepsTheWholeItem() {
        givenKeyed(
                        keyed("lot", new Bid("ann", 1)),
                        keyed("lot", new Bid("bob", 3)),
                        keyed("lot", new Bid("eve", 2)))
                .through(bids -> bids.maxFinal("max", BY_AMOUNT).state(TypeRef.of(Bid.class)))
                .expect(keyed("lot", new Bid("bob", 3)));
    }

    @Test
    void minFinalKeepsTheWholeItem() {
        givenKeyed(
                        keyed("lot", new Bid("ann", 2)),
                        keyed("lot", new Bid("bob", 3)),
                        keyed("lot", new Bid("eve", 1)))
                .through(bids -> bids.minFinal("min", BY_AMOUNT).state(TypeRef.of(Bid.class)))
                .expect(keyed("lot", new Bid("eve", 1)));
    }

    @Test
    void firstOfEqualsWinsTheMax() {
        givenKeyed(keyed("lot", new Bid("ann", 3)), keyed("lot", new Bid("bob", 3)))
                .through(bids -> bids.maxFinal("max", BY_AMOUNT).state(TypeRef.of(Bid.class)))
                .expect(keyed("lot", new Bid("ann", 3)));
    }

    @Test
    void firstOfEqualsWinsTheMin() {
        givenKeyed(keyed("lot", new Bid("ann", 3)), keyed("lot", new Bid("bob", 3)))
                .through(bids -> bids.minFinal("min", BY_AMOUNT).state(TypeRef.of(Bid.class)))
                .expect(keyed("lot", new Bid("ann", 3)));
    }

    @Test
    void continuationCountsOnlyNewValues() {
        givenKeyed(keyed("a", 1), keyed("a", 1), endOfInput(), keyed("a", 1))
                .through(pairs -> pairs.countFinal("count"))
                .expect(keyed("a", 2L), keyed("a", 1L));
    }

    @Test
    void continuationFoldsAndComparesOnlyNewValues() {
        givenKeyed(keyed("a", 5), keyed("a", 7), endOfInput(), keyed("a", 6))
                .through(pairs -> pairs.foldFinal("sum", () -> 0, Integer::sum))
                .expect(keyed("a", 12), keyed("a", 6));
        givenKeyed(keyed("a", 5), keyed("a", 7), endOfInput(), keyed("a", 6))
                .through(pairs -> pairs.maxFinal("max", Integer::compare))
                .expect(keyed("a", 7), keyed("a", 6));
    }

    @Test
    void foldOfAnUnfinishedInputSurvivesACrash() {
        givenKeyed(keyed("a", 1), keyed("a", 2), crash(), keyed("a", 3))
                .through(pairs -> pairs.reduceFinal("sum", Integer::sum))
                .expect(keyed("a", 6));
    }

    @Test
    void reducerThatReturnsNullIsNamed() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.reduceFinal("bad", (left, right) -> nullResult()))
                .expectFailure("step 'flow.bad'", "reducer must not return null");
    }

    @Test
    void folderThatReturnsNullIsNamed() {
        givenKeyed(keyed("a", 1))
                .through(
                        pairs -> pairs.<Integer>foldFinal("bad", () -> 0, (sum, n) -> nullResult()))
                .expectFailure("step 'flow.bad'", "folder must not return null");
    }

    @Test
    void reducerThatThrowsIsNamed() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.reduceFinal("bad", (left, right) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }

    @Test
    void orderThatThrowsIsNamed() {
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.maxFinal("bad", (left, right) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
        givenKeyed(keyed("a", 1), keyed("a", 2))
                .through(pairs -> pairs.minFinal("bad", (left, right) -> failWith("boom")))
                .expectFailure("step 'flow.bad'", "boom for key 'a'");
    }
}
