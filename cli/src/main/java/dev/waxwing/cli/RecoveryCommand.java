package dev.waxwing.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waxwing recovery}: looks into a recovery store, copies it, or starts over. */
@Command(
        name = "recovery",
        description = {
            "Shows what a recovery store holds, and copies it, also while its dataflow runs, and"
                    + " changes nothing; but for reset, which starts over."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "On a terminal, tables are aligned; elsewhere their columns are parted by tabs.",
            "",
            "Examples:",
            "  waxwing recovery list state/",
            "  waxwing recovery show state/ orders.total --key a-17",
            "  waxwing recovery sql state/ \"select step, count(*) from entries group by step\"",
            "  waxwing recovery diff state/ 41 42",
            "  waxwing recovery check state/",
            "  waxwing recovery backup state/ backup/",
            "  waxwing recovery reset -r state/ -cp orders.jar com.acme.Orders"
        })
final class RecoveryCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    private RecoveryCommand() {}

    /** With all its commands. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new RecoveryCommand())
                .addSubcommand(new RecoveryListCommand(surroundings))
                .addSubcommand(new RecoveryShowCommand(surroundings))
                .addSubcommand(new RecoverySqlCommand(surroundings))
                .addSubcommand(new RecoveryDiffCommand(surroundings))
                .addSubcommand(new RecoveryCheckCommand(surroundings))
                .addSubcommand(new RecoveryBackupCommand(surroundings))
                .addSubcommand(new RecoveryResetCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "give one of the commands list, show, sql, diff, check, backup, reset");
    }
}
