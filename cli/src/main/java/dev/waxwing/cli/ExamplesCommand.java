package dev.waxwing.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waxwing examples}: lists what {@code waxwing run example} knows. */
@Command(
        name = "examples",
        description = "Lists the examples that can be run and drawn by name.",
        footer = {"", "Examples:", "  waxwing examples", "  waxwing run example word-count"})
final class ExamplesCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    ExamplesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<NamedExample> all = NamedExample.all(ExamplesCommand.class.getClassLoader());
        if (all.isEmpty()) {
            surroundings.err().println("waxwing: there are no examples on the class path");
            return ExitCodes.OK;
        }
        Table table = new Table("NAME", "DATAFLOW", "DESCRIPTION");
        all.forEach(example -> table.add(example.name(), example.target(), example.description()));
        table.print(surroundings);
        return ExitCodes.OK;
    }
}
