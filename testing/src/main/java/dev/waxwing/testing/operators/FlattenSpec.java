package dev.waxwing.testing.operators;

import dev.waxwing.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code flatten} means on any runner. */
public abstract class FlattenSpec extends OperatorSpec {

    @Test
    void replacesCollectionsByTheirElements() {
        given(List.of(1, 2), List.<Integer>of(), List.of(3))
                .through(lists -> Stream.<Integer>flatten("flatten", lists))
                .expect(1, 2, 3);
    }
}
