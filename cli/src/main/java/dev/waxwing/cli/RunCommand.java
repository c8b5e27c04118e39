package dev.waxwing.cli;

import dev.waxwing.plan.Plan;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waxwing run}: runs a dataflow until its input ends or a signal stops it. */
@Command(
        name = "run",
        description = {
            "Runs a dataflow until its input ends. Ctrl-C or SIGTERM stops it at the end of an"
                    + " epoch, from where the next run goes on; a second one aborts it."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:completed, or stopped by a signal",
            "1:the dataflow failed",
            "2:the arguments are wrong",
            "3:the dataflow cannot be loaded",
            "4:the recovery store cannot be used",
            "5:another execution has taken over, or owns a target",
            "130, 143:aborted by SIGINT, SIGTERM"
        },
        footer = {
            "",
            "Most options can be given as environment variables, too: WAXWING_WORKERS for",
            "--workers, and so on. An option wins over its variable.",
            "",
            "Examples:",
            "  waxwing run -cp orders.jar com.acme.Orders",
            "  waxwing run -cp orders.jar -w 4 -r state/ com.acme.Orders:daily in/ out/ 2024",
            "  waxwing run example word-count"
        })
final class RunCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--runner",
            paramLabel = "NAME",
            description =
                    "What runs the dataflow; embedded by default, on threads of this process.")
    private String runner = "embedded";

    @Option(
            names = {"-w", "--workers"},
            paramLabel = "N",
            description = "Threads that run a copy of the dataflow each; 1 by default.")
    private @Nullable Integer workers;

    @Option(
            names = {"-r", "--recovery-directory"},
            paramLabel = "DIR",
            description = "Resume from the recovery store in this directory, and record there.")
    private @Nullable Path recoveryDirectory;

    @Option(
            names = {"-s", "--epoch-interval"},
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time between epochs, like 50ms; 1s by default, 0 after every batch.")
    private @Nullable Duration epochInterval;

    @Option(
            names = {"-b", "--retention"},
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long old snapshots are kept to go back to; 0 by default.")
    private @Nullable Duration retention;

    @Option(
            names = "--replay-from",
            paramLabel = "EPOCH",
            description = "Go back to this epoch; sinks get again what came after it.")
    private @Nullable Long replayFrom;

    @Option(
            names = "--allow-changed-partitions",
            description = "Forget the positions of partitions that are no longer there.")
    private boolean changedPartitions;

    @Option(
            names = "--adopt",
            description = "Take over the targets of sinks as they are, whatever wrote them.")
    private boolean adopt;

    @Option(
            names = "--drop-state",
            paramLabel = "STEP",
            description = "Give up what is stored of this step and cannot be taken; repeatable.")
    private List<String> droppedSteps = new ArrayList<>();

    @Option(
            names = "--take-over",
            description = "Take the recovery store over from an execution that hangs.")
    private boolean takeOver;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            description = "Restart up to N times in a row after a failure; 0 by default.")
    private @Nullable Integer restarts;

    @Option(
            names = "--stop-timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long a stop may take before it becomes an abort; 30s by default.")
    private Duration stopTimeout = Duration.ofSeconds(30);

    @Option(
            names = {"-q", "--quiet"},
            description = "No status line and no summary.")
    private boolean quiet;

    @Mixin private FlowTarget target = new FlowTarget();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Runner.Settings settings = settings();
        Plan plan = target.load();
        RunReport report = new RunReport(surroundings, quiet, plan.dataflowName());
        return new ForegroundRun(surroundings, report, stopTimeout)
                .run(() -> start(plan, settings));
    }

    private Execution start(Plan plan, Runner.Settings settings) {
        try {
            return Runner.named(runner).start(plan, settings);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    /* Only what was given: a runner need not know the others. */
    private Runner.Settings settings() {
        Runner.Settings settings = Runner.Settings.none();
        settings = with(settings, "workers", workers);
        settings = with(settings, "restarts", restarts);
        if (recoveryDirectory == null) {
            requireRecovery("--epoch-interval", epochInterval);
            requireRecovery("--retention", retention);
            requireRecovery("--replay-from", replayFrom);
            requireRecovery("--allow-changed-partitions", changedPartitions ? true : null);
            requireRecovery("--adopt", adopt ? true : null);
            requireRecovery("--drop-state", droppedSteps.isEmpty() ? null : droppedSteps);
            requireRecovery("--take-over", takeOver ? true : null);
            return settings;
        }
        settings = with(settings, "recovery.directory", recoveryDirectory);
        settings = with(settings, "recovery.epoch-interval", epochInterval);
        settings = with(settings, "recovery.retention", retention);
        settings = with(settings, "recovery.replay-from", replayFrom);
        settings =
                with(
                        settings,
                        "recovery.allow-changed-partitions",
                        changedPartitions ? true : null);
        settings = with(settings, "recovery.adopt", adopt ? true : null);
        settings = with(settings, "recovery.take-over", takeOver ? true : null);
        return settings.with("recovery.drop-state", droppedSteps);
    }

    private static Runner.Settings with(
            Runner.Settings settings, String name, @Nullable Object value) {
        return value == null ? settings : settings.with(name, value.toString());
    }

    private static void requireRecovery(String option, @Nullable Object value) {
        if (value != null) {
            throw CommandException.usage(
                    option
                            + " has no meaning without recovery; give a directory with"
                            + " --recovery-directory, or leave it out");
        }
    }
}
