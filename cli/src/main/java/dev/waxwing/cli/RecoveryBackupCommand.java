package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.StoreBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waxwing recovery backup}: a copy of a store that may be in use. */
@Command(
        name = "backup",
        description = {
            "Copies the store as it is at this moment to another directory, and checks the copy."
                    + " The dataflow may be running.",
            "An execution over the copy goes on from there; targets that hold more refuse it."
        },
        footer = {"", "Examples:", "  waxwing recovery backup state/ backup/"})
final class RecoveryBackupCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "The directory of the copy, empty or missing.")
    private Path target = Path.of("");

    RecoveryBackupCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StoreBackup backup = store.backup(target);
        surroundings
                .out()
                .println(
                        "backup of recovery store "
                                + store
                                + " in "
                                + target
                                + ": epoch "
                                + backup.decidedEpoch()
                                + " is decided, epoch "
                                + backup.doneEpoch()
                                + " is done");
        return ExitCodes.OK;
    }
}
