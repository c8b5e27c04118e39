package dev.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.render.Rendering;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PlanCommandTest {

    private static final String FLOWS = Flows.class.getName();

    @Test
    void mermaidIsTheDefault() {
        Cli.Result result = Cli.run("plan", FLOWS);

        assertThat(result)
                .isEqualTo(
                        new Cli.Result(
                                ExitCodes.OK, Rendering.MERMAID.of(Flows.flow().plan()) + "\n", ""))
                .isEqualTo(Cli.run("plan", FLOWS, "--format", "mermaid"));
    }

    @Test
    void otherFormatsAreChosenByName() {
        assertThat(Cli.run("plan", "--format=json", FLOWS).out())
                .isEqualTo(Rendering.JSON.of(Flows.flow().plan()) + "\n");
        assertThat(Cli.run("plan", FLOWS + ":copy", "a", "b", "-f", "plantuml").out())
                .isEqualTo(
                        Rendering.PLANTUML.of(Flows.copy(Path.of("a"), Path.of("b")).plan())
                                + "\n");
    }

    @Test
    void unknownFormatNamesTheKnownOnes() {
        Cli.Result result = Cli.run("plan", FLOWS, "--format", "png");

        assertThat(result.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err())
                .startsWith("waxwing: Invalid value for option '--format': expected one of")
                .contains("MERMAID, PLANTUML, JSON");
    }
}
