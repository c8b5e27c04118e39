package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.KeyedStream;
import dev.waxwing.Stream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Finds what the compiler does not if an operator is added without it. */
final class OperatorsTest {

    private static final String REFERENCE = "docs/reference/operators.md";
    private static final String KEYED = "## On keyed streams";
    private static final String OF_ALL = "## What may be said of a step";
    private static final Pattern SPEC = Pattern.compile("(\\w+) extends OperatorSpec\\b");

    private final Repository repository = Repository.find();

    @Test
    void everySpecIsRunByEveryRunner() {
        var conformance = textOf("RunnerConformance");

        assertThat(specs()).hasSizeGreaterThan(20);
        assertThat(specs())
                .filteredOn(spec -> !conformance.contains("extends " + spec + " {"))
                .as("specs that no runner runs; add a nested class to RunnerConformance")
                .isEmpty();
    }

    @Test
    void everyOperatorHasARowInTheReference() {
        var tables = Repository.read(repository.root().resolve(REFERENCE));
        var keyed = tables.indexOf(KEYED);
        var ofAll = tables.indexOf(OF_ALL);

        assertThat(keyed).isPositive();
        assertThat(ofAll).isGreaterThan(keyed);
        assertThat(withoutRow(Stream.class, tables.substring(0, keyed) + tables.substring(ofAll)))
                .as("methods of Stream without a row in " + REFERENCE)
                .isEmpty();
        assertThat(withoutRow(KeyedStream.class, tables.substring(keyed)))
                .as("methods of KeyedStream without a row in " + REFERENCE)
                .isEmpty();
    }

    @Test
    void operatorWithoutARowIsFound() {
        assertThat(withoutRow(KeyedStream.class, "| text of `collect` | `countFinal` |"))
                .contains("collect", "countFinal");
        assertThat(withoutRow(KeyedStream.class, "| `collect`, `countFinal` | text |"))
                .doesNotContain("collect", "countFinal")
                .contains("foldFinal");
    }

    private List<String> specs() {
        return repository.sources().stream()
                .filter(file -> file.module().equals("testing"))
                .flatMap(file -> SPEC.matcher(file.code()).results())
                .map(match -> match.group(1))
                .toList();
    }

    private String textOf(String type) {
        return repository.sources().stream()
                .filter(file -> file.path().endsWith(type + ".java"))
                .map(SourceFile::code)
                .findFirst()
                .orElseThrow();
    }

    /* What adds a step begins with its name. */
    private static List<String> withoutRow(Class<?> stream, String tables) {
        return Arrays.stream(stream.getMethods())
                .filter(
                        method ->
                                method.getParameterCount() > 0
                                        && method.getParameterTypes()[0] == String.class)
                .map(Method::getName)
                .distinct()
                .filter(name -> !hasRow(name, tables))
                .sorted()
                .toList();
    }

    private static boolean hasRow(String name, String tables) {
        return Pattern.compile("^\\| (?:`\\w+`, )*`" + name + "[`(]", Pattern.MULTILINE)
                .matcher(tables)
                .find();
    }
}
