package dev.waxwing.operators;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.Dataflow;
import dev.waxwing.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlatMapTest {

    @Test
    void elementsOfAPrimitiveTypeAreRefused() {
        var lists = Dataflow.named("flow").input("in", Fixtures.<List<Integer>>source());

        assertThatThrownBy(() -> lists.flatten("numbers", int.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "elements are objects, but elementType was int; give the class Integer");
    }
}
