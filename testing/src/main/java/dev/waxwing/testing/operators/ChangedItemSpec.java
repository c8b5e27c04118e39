package dev.waxwing.testing.operators;

import static dev.waxwing.testing.TestItems.keyed;

import dev.waxwing.function.Mapper;
import dev.waxwing.state.StateUpdate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That no step changes an item which was emitted, where a runner checks items. */
public abstract class ChangedItemSpec extends OperatorSpec {

    private record Holder(List<Integer> numbers) {}

    private static final class Total {
        private int value;

        @Override
        public String toString() {
            return "total " + value;
        }
    }

    @Test
    void stepThatChangesAListItHasEmittedIsNamed() {
        List<Integer> list = new ArrayList<>();
        expectChanged(
                n -> {
                    list.add(n);
                    return list;
                });
    }

    @Test
    void stepThatChangesAnArrayItHasEmittedIsNamed() {
        int[] array = new int[1];
        expectChanged(
                n -> {
                    array[0] = n;
                    return array;
                });
    }

    @Test
    void stepThatChangesWhatARecordHoldsIsNamed() {
        List<Integer> list = new ArrayList<>();
        expectChanged(
                n -> {
                    list.add(n);
                    return new Holder(list);
                });
    }

    @Test
    void stepThatChangesAnObjectItHasEmittedIsNamed() {
        Total total = new Total();
        expectChanged(
                n -> {
                    total.value += n;
                    return total;
                });
    }

    @Test
    void stepThatChangesATextBuilderItHasEmittedIsNamed() {
        StringBuilder text = new StringBuilder();
        expectChanged(text::append);
    }

    private void expectChanged(Mapper<Integer, Object> changing) {
        given(1, 2, 3)
                .through(numbers -> numbers.map("same", changing).map("text", Object::toString))
                .inModes(mode -> mode.workers() == 1 && !mode.restoreAfterEachBatch())
                .expectFailure(
                        "step 'flow.same': emitted an item that has changed since, and is now",
                        "emit an immutable item or a copy");
    }

    @Test
    void stepThatEmitsItsStateAndGoesOnIsNamed() {
        givenKeyed(keyed("a", 1), keyed("a", 2), keyed("a", 3))
                .through(
                        pairs ->
                                pairs.<List<Integer>, List<Integer>>statefulFlatMap(
                                                "grow", ChangedItemSpec::grown)
                                        .mapValue("size", List::size))
                .inModes(mode -> !mode.restoreAfterEachBatch())
                .expectFailure("step 'flow.grow'", "emitted an item that has changed since");
    }

    private static StateUpdate<List<Integer>, List<List<Integer>>> grown(
            @Nullable List<Integer> state, Integer n) {
        List<Integer> list = state == null ? new ArrayList<>() : state;
        list.add(n);
        return StateUpdate.keep(list, List.of(list));
    }

    @Test
    void stepThatChangesAnItemOfAnotherIsNamed() {
        given(1).through(
                        numbers ->
                                numbers.map("list", n -> new ArrayList<>(List.of(n)))
                                        .map(
                                                "add",
                                                list -> {
                                                    list.add(2);
                                                    return list.size();
                                                }))
                .expectFailure(
                        "step 'flow.add'",
                        "changed an item that step 'flow.list' had emitted, and that is now [1, 2]");
    }

    @Test
    void copiesMayBeChanged() {
        given(1, 2)
                .through(
                        numbers ->
                                numbers.map("list", n -> List.of(n))
                                        .map(
                                                "add",
                                                list -> {
                                                    List<Integer> copy = new ArrayList<>(list);
                                                    copy.add(9);
                                                    return copy;
                                                }))
                .expect(List.of(1, 9), List.of(2, 9));
    }
}
