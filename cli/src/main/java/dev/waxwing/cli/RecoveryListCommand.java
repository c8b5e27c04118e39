package dev.waxwing.cli;

import dev.waxwing.recovery.store.EpochRecord;
import dev.waxwing.recovery.store.StateSummary;
import dev.waxwing.recovery.store.StoreReader;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waxwing recovery list}: the epochs and the states of a store. */
@Command(
        name = "list",
        description = "Lists the epochs that are kept, and the states as of the newest.",
        footer = {"", "Examples:", "  waxwing recovery list state/"})
final class RecoveryListCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    RecoveryListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (StoreReader reader = store.open()) {
            PrintWriter out = surroundings.out();
            out.println("dataflow: " + reader.dataflowName());
            out.println("lineage: " + reader.lineage());
            out.println("format: " + reader.format());
            out.println("decided epoch: " + reader.decidedEpoch());
            out.println("done epoch: " + reader.doneEpoch());
            out.println();
            epochs(reader).print(surroundings);
            out.println();
            states(reader).print(surroundings);
        }
        return ExitCodes.OK;
    }

    private static Table epochs(StoreReader reader) {
        Table table = new Table("EPOCH", "GENERATION", "WORKERS", "DECIDED AT", "DONE", "REWOUND");
        for (EpochRecord epoch : reader.epochs()) {
            table.add(
                    Long.toString(epoch.epoch()),
                    Long.toString(epoch.generation()),
                    Integer.toString(epoch.workers()),
                    epoch.decidedAt().toString(),
                    epoch.done() ? "yes" : "no",
                    epoch.restorable() ? "no" : "yes");
        }
        return table;
    }

    private static Table states(StoreReader reader) {
        Table table = new Table("STEP", "STATE", "KEYS", "BYTES");
        for (StateSummary state : reader.states(reader.decidedEpoch())) {
            table.add(
                    state.state().stepPath(),
                    state.state().stateName(),
                    Long.toString(state.keys()),
                    Long.toString(state.bytes()));
        }
        return table;
    }
}
