package dev.waxwing.cli;

import dev.waxwing.render.Rendering;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waxwing plan}: draws a dataflow without running it. */
@Command(
        name = "plan",
        description = "Prints the plan of a dataflow as a drawing or as data; runs nothing.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  waxwing plan -cp orders.jar com.acme.Orders",
            "  waxwing plan -cp orders.jar com.acme.Orders:daily in/ out/ --format json"
        })
final class PlanCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private FlowTarget target = new FlowTarget();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "mermaid",
            description = "mermaid (the default), plantuml or json; the latter two with substeps.")
    private Rendering format = Rendering.MERMAID;

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.out().println(format.of(target.load()));
        return ExitCodes.OK;
    }
}
