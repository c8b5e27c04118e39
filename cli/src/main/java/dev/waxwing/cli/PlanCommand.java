package dev.waxwing.cli;

import dev.waxwing.plan.Plan;
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
    private Format format = Format.MERMAID;

    /** What a plan can be printed as. */
    enum Format {
        MERMAID,
        PLANTUML,
        JSON
    }

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Plan plan = target.load();
        surroundings
                .out()
                .println(
                        switch (format) {
                            case MERMAID -> plan.toMermaid();
                            case PLANTUML -> plan.toPlantUml();
                            case JSON -> plan.toJson();
                        });
        return ExitCodes.OK;
    }
}
