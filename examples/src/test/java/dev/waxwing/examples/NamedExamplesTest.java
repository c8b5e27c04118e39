package dev.waxwing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command line finds by name is there. It writes into the directory that it is run in; so
 * it is continuous integration that runs it, see {@code .ci/run}.
 */
final class NamedExamplesTest {

    @Test
    void everyExampleHasAName() throws IOException {
        assertThat(lines())
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .containsExactlyInAnyOrder(
                        "word-count",
                        "running-word-count",
                        "earthquakes",
                        "shopping-carts",
                        "earthquake-windows",
                        "auctions");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void namedMethodCanBeCalledWithoutArguments(String line) throws Exception {
        assertThat(line).matches("[a-z-]+=[A-Za-z.]+:[a-z]+ .+");
        String target = line.substring(line.indexOf('=') + 1, line.indexOf(' '));
        Class<?> type = Class.forName(target.substring(0, target.indexOf(':')));

        Method method = type.getMethod(target.substring(target.indexOf(':') + 1));

        assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
        assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
        assertThat(method.getReturnType()).isEqualTo(Dataflow.class);
    }

    private static List<String> lines() throws IOException {
        var file = "/META-INF/waxwing/examples";
        try (var in = Objects.requireNonNull(NamedExamplesTest.class.getResourceAsStream(file));
                var reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }
}
