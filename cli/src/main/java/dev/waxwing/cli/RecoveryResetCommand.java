package dev.waxwing.cli;

import dev.waxwing.embedded.Reset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waxwing recovery reset}: starts a dataflow over. */
@Command(
        name = "reset",
        description = {
            "Starts a dataflow over: removes its recovery store, and has the targets of its sinks"
                    + " forget it, so that the next run begins as the first one did. Says what it"
                    + " would do, and asks. What was delivered stays: rows, files, requests."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or there is nothing to do",
            "1:not wanted, or not everything can be removed",
            "2:the arguments are wrong",
            "3:the dataflow cannot be loaded",
            "4:an execution uses the recovery store, or it is of another dataflow"
        },
        footer = {
            "",
            "Examples:",
            "  waxwing recovery reset -r state/ -cp orders.jar com.acme.Orders",
            "  waxwing recovery reset -r state/ --yes -cp orders.jar com.acme.Orders:daily in/ out/"
        })
final class RecoveryResetCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = {"-r", "--recovery-directory"},
            required = true,
            paramLabel = "DIR",
            description = "The recovery directory of the dataflow; the store may be gone.")
    private Path directory = Path.of("");

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean isSure;

    @Mixin private FlowTarget target = new FlowTarget();

    RecoveryResetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = surroundings.out();
        try (Reset reset = Reset.of(target.load(), directory)) {
            List<String> removes = reset.removes();
            print("Cannot be reset:", reset.unable());
            if (removes.isEmpty()) {
                out.println("There is nothing to remove.");
                return exitCode(reset);
            }
            print("To be removed:", removes);
            print("Stays:", reset.leaves());
            if (!reset.hasStore()) {
                out.println(
                        "There is no recovery store in "
                                + directory
                                + ". If the dataflow has one elsewhere, give that directory: the"
                                + " store is of no use without these markers.");
            }
            out.println(
                    "What was delivered stays; what the next run reads again, it delivers again.");
            if (!isSure && !isWanted()) {
                out.println("Nothing was removed.");
                return ExitCodes.FAILED;
            }
            reset.run();
            out.println("Removed.");
            return exitCode(reset);
        }
    }

    private static int exitCode(Reset reset) {
        return reset.unable().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void print(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            surroundings.out().println(title);
            lines.forEach(line -> surroundings.out().println("  " + line));
        }
    }

    private boolean isWanted() throws IOException {
        surroundings.out().print("Remove it? [y/N] ");
        surroundings.out().flush();
        String answer = new BufferedReader(surroundings.in()).readLine();
        if (answer == null) {
            surroundings.out().println();
            return false;
        }
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
