package dev.waxwing.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line as a whole: its commands, and how their errors are reported. */
@Command(
        name = "waxwing",
        description = "Runs and draws dataflows, and shows what recovery stores hold.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  waxwing run -cp target/classes com.acme.Orders",
            "  waxwing plan -cp target/classes com.acme.Orders --format mermaid",
            "  waxwing recovery list state/",
            "",
            "waxwing COMMAND --help tells more of each."
        })
@SuppressWarnings("UnusedVariable") // the library reads some options itself
final class WaxwingCommand {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows the version.")
    private boolean version;

    @Option(
            names = "--stack-traces",
            scope = ScopeType.INHERIT,
            description = "Shows where errors come from in the code.")
    private boolean stackTraces;

    private WaxwingCommand() {}

    /** Runs one command to its end; returns the exit code. */
    static int run(Surroundings surroundings, String... args) {
        WaxwingCommand root = new WaxwingCommand();
        CommandLine commands =
                new CommandLine(root)
                        .addSubcommand(new RunCommand(surroundings))
                        .addSubcommand(new PlanCommand(surroundings))
                        .addSubcommand(RecoveryCommand.with(surroundings))
                        .addSubcommand(new ExamplesCommand(surroundings));
        ErrorReport errors = new ErrorReport(surroundings, () -> root.stackTraces);
        commands.setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new VariableDefaults(surroundings.variables()))
                .setParameterExceptionHandler(errors::onUsageError)
                .setExecutionExceptionHandler(errors::onFailure);
        withVersion(commands);
        try {
            return commands.execute(args);
        } finally {
            surroundings.out().flush();
            surroundings.err().flush();
        }
    }

    private static void withVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new VersionText());
        command.getSubcommands().values().forEach(WaxwingCommand::withVersion);
    }
}
