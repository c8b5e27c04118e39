package dev.waxwing.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

final class NullnessTest {

    /** One that is no annotation of types. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Nullable {}

    /* The package says of itself that it is null-marked. */
    @NullUnmarked
    record Components(
            int number,
            String text,
            @org.jspecify.annotations.Nullable String marked,
            @Nullable String markedByAnother,
            int @org.jspecify.annotations.Nullable [] array,
            Optional<String> optional,
            OptionalInt optionalInt,
            List<@org.jspecify.annotations.Nullable String> contents,
            Map<String, List<@org.jspecify.annotations.Nullable String>> deep,
            @org.jspecify.annotations.Nullable String[] elements) {}

    @Test
    void componentsThatAreNullableOrOptionalTakeNull() {
        assertThat(components().filter(Nullness::takesNull).map(RecordComponent::getName))
                .containsExactly("marked", "markedByAnother", "array", "optional", "optionalInt");
    }

    @NullMarked
    record Marked(int number, String text, @org.jspecify.annotations.Nullable String marked) {

        @NullUnmarked
        record Unmarked(int number, String text) {}
    }

    @Test
    void whereCodeIsNullMarkedOtherComponentsForbidNull() {
        assertThat(forbidden(Marked.class)).containsExactly("number", "text");
        assertThat(forbidden(Marked.Unmarked.class)).containsExactly("number");
        assertThat(forbidden(Components.class)).containsExactly("number");
    }

    private static List<String> forbidden(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(Nullness::forbidsNull)
                .map(RecordComponent::getName)
                .toList();
    }

    @Test
    void contentsAreLookedAtAtAnyDepth() {
        assertThat(
                        components()
                                .filter(c -> Nullness.isContentNullable(c.getAnnotatedType()))
                                .map(RecordComponent::getName))
                .containsExactly("contents", "deep", "elements");
    }

    private static Stream<RecordComponent> components() {
        return Arrays.stream(Components.class.getRecordComponents());
    }
}
