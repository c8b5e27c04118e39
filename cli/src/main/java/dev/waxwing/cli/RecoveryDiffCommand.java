package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.inspect.StoreChange;
import dev.waxwing.recovery.store.StoreReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code waxwing recovery diff}: what two epochs have made of the keys. */
@Command(
        name = "diff",
        description = {
            "Shows the keys whose values differ between two kept epochs. Run with --retention to"
                    + " keep more than the newest."
        },
        footer = {"", "Examples:", "  waxwing recovery diff state/ 41 42"})
final class RecoveryDiffCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    @Parameters(index = "1", paramLabel = "EPOCH_A", description = "The first epoch.")
    private long first;

    @Parameters(index = "2", paramLabel = "EPOCH_B", description = "The second epoch.")
    private long second;

    RecoveryDiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (StoreReader reader = store.open()) {
            Table table = new Table("STEP", "STATE", "KEY", "BEFORE", "AFTER");
            for (StoreChange change : StoreChange.between(reader, first, second)) {
                table.add(
                        change.state().stepPath(),
                        change.state().stateName(),
                        change.key(),
                        change.before(),
                        change.after());
            }
            table.print(surroundings);
        }
        return ExitCodes.OK;
    }
}
