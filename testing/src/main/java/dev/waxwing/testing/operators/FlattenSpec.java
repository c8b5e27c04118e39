package dev.waxwing.testing.operators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code flatten} means on any runner. */
public abstract class FlattenSpec extends OperatorSpec {

    @Test
    void replacesCollectionsByTheirElements() {
        given(List.of(1, 2), List.<Integer>of(), List.of(3))
                .through(lists -> lists.flatten("flatten", Integer.class))
                .expect(1, 2, 3);
    }

    @Test
    void oneLevelIsFlattened() {
        given(List.of(List.of(1, 2), List.of(3)))
                .through(
                        lists -> lists.flatten("outer", List.class).flatten("inner", Integer.class))
                .expect(1, 2, 3);
    }

    @Test
    void itemThatIsNoCollectionNamesTheStep() {
        given(666)
                .through(numbers -> numbers.flatten("bad", Integer.class))
                .expectFailure("step 'flow.bad'", "java.lang.Integer is not Iterable");
    }

    @Test
    void elementOfAnotherTypeNamesTheStep() {
        given(List.of("one"))
                .through(lists -> lists.flatten("bad", Integer.class))
                .expectFailure("step 'flow.bad'", "Cannot cast java.lang.String");
    }

    @Test
    void nullElementIsRefused() {
        given(new ArrayList<>(Arrays.asList(1, null)))
                .through(lists -> lists.flatten("bad", Integer.class))
                .expectFailure("step 'flow.bad'", "emitted a null item");
    }
}
