package dev.waxwing.cli;

import dev.waxwing.recovery.store.StoreReader;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waxwing recovery check}: whether all of a store can be read. */
@Command(
        name = "check",
        description = "Reads everything, and exits with 1 if something is damaged.",
        footer = {"", "Examples:", "  waxwing recovery check state/"})
final class RecoveryCheckCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    RecoveryCheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (StoreReader reader = store.open()) {
            List<String> problems = reader.check();
            problems.forEach(surroundings.out()::println);
            if (problems.isEmpty()) {
                surroundings.out().println("recovery store " + store + " is sound");
                return ExitCodes.OK;
            }
        }
        return ExitCodes.FAILED;
    }
}
