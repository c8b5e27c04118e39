package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "plan",
                "examples",
                "recovery",
                "recovery list",
                "recovery show",
                "recovery sql",
                "recovery diff",
                "recovery check",
                "recovery reset"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Cli.Result result = Cli.run((command + " --help").strip().split(" "));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith(("Usage: waxwing " + command).strip())
                .contains("\nExamples:\n  waxwing " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run --version", "recovery list -V"})
    void versionIsThatOfTheBuildAndTheJvm(String args) {
        assertThat(Cli.run(args.split(" ")).out())
                .matches("waxwing \\d\\S+\nJava " + Runtime.version().feature() + "\\S*\n");
    }

    @Test
    void everyVariableIsInTheReference() throws Exception {
        String reference =
                java.nio.file.Files.readString(
                        java.nio.file.Path.of("../docs/reference/command-line.md"));
        List<String> variables =
                VariableDefaults.OPTIONS.stream()
                        .map(name -> "WAXWING_" + name.substring(2).replace('-', '_'))
                        .map(name -> name.toUpperCase(java.util.Locale.ROOT))
                        .toList();

        assertThat(reference).contains(variables);
        assertThat(reference).contains(VariableDefaults.OPTIONS);
    }
}
