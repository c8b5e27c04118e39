package dev.waxwing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SetsInOrderTest {

    @Test
    void jsonOfSetsIsInOrderWhereverTheyAre() throws Exception {
        var numbers = new LinkedHashSet<>(List.of(30, 4, 200));
        var texts = new LinkedHashSet<>(List.of("b", "a"));
        var mixed = new LinkedHashSet<Object>(List.of("b", 1));
        var enums = EnumSet.of(TimeUnit.DAYS, TimeUnit.NANOSECONDS);

        assertThat(json(new Sets(numbers, texts, List.of(numbers))))
                .isEqualTo(
                        "[{\"numbers\":[4,30,200],\"any\":[\"a\",\"b\"],\"nested\":[[4,30,200]]}]");
        assertThat(json(texts)).isEqualTo("[[\"a\",\"b\"]]");
        assertThat(json(mixed)).isEqualTo("[[\"b\",1]]");
        assertThat(json(enums)).isEqualTo("[[\"NANOSECONDS\",\"DAYS\"]]");
        assertThat(json(Set.of())).isEqualTo("[[]]");
    }

    private static String json(Object item) throws Exception {
        var out = new ByteArrayOutputStream();
        RequestBody.jsonArray().write(List.of(item), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private record Sets(Set<Integer> numbers, Object any, List<Set<Integer>> nested) {}
}
