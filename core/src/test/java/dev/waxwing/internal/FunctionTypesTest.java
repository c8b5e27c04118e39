package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.function.Folder;
import dev.waxwing.function.Mapper;
import dev.waxwing.function.TypeRef;
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
    void typeArgumentsOfALambdaAreErased() {
        Mapper<String, List<String>> words = line -> List.of(line.split(" "));

        assertThat(FunctionTypes.result(words)).hasToString("java.util.List");
    }

    @Test
    void methodReferenceTellsTypeArguments() {
        Folder<List<? extends Total>, Integer> folder = FunctionTypesTest::longer;

        assertThat(FunctionTypes.parameter(folder, 0))
                .hasToString("java.util.List<" + Total.class.getName() + ">");
        assertThat(FunctionTypes.parameter(folder, 1)).hasToString(Integer.class.getName());
    }

    @Test
    void referenceToAMethodOfAnObjectTellsTypeArguments() {
        Longer longer = new Longer();
        Folder<List<Total>, Integer> bound = longer::add;
        Mapper<Longer, List<Total>> unbound = Longer::all;

        assertThat(FunctionTypes.parameter(bound, 0))
                .hasToString("java.util.List<" + Total.class.getName() + ">");
        assertThat(FunctionTypes.parameter(unbound, 0)).hasToString(Longer.class.getName());
        assertThat(FunctionTypes.result(unbound))
                .hasToString("java.util.List<" + Total.class.getName() + ">");
    }

    private static List<? extends Total> longer(List<? extends Total> totals, Integer value) {
        return value > totals.size() ? totals : List.of();
    }

    /** With methods that are referred to. */
    private static final class Longer implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        List<Total> add(List<Total> totals, Integer value) {
            return totals;
        }

        List<Total> all() {
            return List.of();
        }
    }

    @Test
    void objectTellsNothing() {
        Mapper<Object, Object> same = item -> item;

        assertThat(FunctionTypes.parameter(same, 0)).isNull();
        assertThat(FunctionTypes.parameter(same, 7)).isNull();
    }
}
