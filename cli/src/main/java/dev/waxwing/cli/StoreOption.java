package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.SqliteRecoveryStore;
import dev.waxwing.recovery.sqlite.StoreBackup;
import dev.waxwing.recovery.store.StoreReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which store is meant: the parameter that all commands of {@code recovery} have in common. */
final class StoreOption {

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The recovery directory of a dataflow, which may be running.")
    private Path directory = Path.of("");

    StoreReader open() {
        return SqliteRecoveryStore.read(directory);
    }

    StoreBackup backup(Path target) {
        return StoreBackup.take(directory, target);
    }

    /** The epoch that was asked for, or the newest. */
    long epoch(StoreReader store, @Nullable Long asked) {
        if (asked != null) {
            return asked;
        }
        if (store.decidedEpoch() == 0) {
            throw CommandException.usage(
                    "recovery store "
                            + directory
                            + " has no decided epoch yet, so it holds no state; try again when the"
                            + " dataflow has run for an epoch");
        }
        return store.decidedEpoch();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
