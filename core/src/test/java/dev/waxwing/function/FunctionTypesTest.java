package dev.waxwing.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionTypesTest {

    private record Total(long sum) {}

    private static final class Adding implements Folder<Total, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean equals(Object other) {
            return other instanceof Adding;
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return "adding";
        }

        @Override
        public Total fold(Total total, Integer value) {
            return new Total(total.sum() + value);
        }
    }

    @Test
    void lambdaTellsTheTypesItWasMadeFor() {
        Folder<Total, Integer> folder = (total, value) -> new Total(total.sum() + value);

        assertThat(FunctionTypes.parameter(folder, 0))
                .hasToString(TypeRef.of(Total.class).toString());
        assertThat(FunctionTypes.parameter(folder, 1))
                .hasToString(TypeRef.of(Integer.class).toString());
        assertThat(FunctionTypes.result(folder)).hasToString(TypeRef.of(Total.class).toString());
    }

    @Test
    void methodReferenceTellsItsTypes() {
        Mapper<String, Integer> length = String::length;

        assertThat(FunctionTypes.result(length)).hasToString(TypeRef.of(Integer.class).toString());
    }

    @Test
    void classTellsTheTypesOfThePromisedMethod() {
        assertThat(FunctionTypes.parameter(new Adding(), 0))
                .hasToString(TypeRef.of(Total.class).toString());
    }

    @Test
    void collectionTellsNothingOfWhatIsInside() {
        Mapper<String, List<String>> words = line -> List.of(line.split(" "));

        assertThat(FunctionTypes.result(words)).isNull();
    }

    @Test
    void objectTellsNothing() {
        Mapper<Object, Object> same = item -> item;

        assertThat(FunctionTypes.parameter(same, 0)).isNull();
        assertThat(FunctionTypes.parameter(same, 7)).isNull();
    }
}
