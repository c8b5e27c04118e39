package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.inspect.StoreQuery;
import dev.waxwing.recovery.store.StoreReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waxwing recovery sql}: a question about a store. */
@Command(
        name = "sql",
        description = {
            "Answers SQL (of SQLite) over the tables entries(epoch, step, state, key, value) and"
                    + " epochs(epoch, generation, workers, decided_at, done, restorable). They are"
                    + " a copy in memory of one epoch."
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  waxwing recovery sql state/ \"select key, value from entries where step ="
                    + " 'orders.total'\"",
            "  waxwing recovery sql state/ \"select max(decided_at) from epochs\""
        })
final class RecoverySqlCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    @Parameters(index = "1", paramLabel = "SQL", description = "One statement, in quotes.")
    private String sql = "";

    @Option(
            names = {"-e", "--epoch"},
            paramLabel = "EPOCH",
            description = "A kept epoch; the newest by default.")
    private @Nullable Long epoch;

    RecoverySqlCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (StoreReader reader = store.open();
                StoreQuery query = StoreQuery.over(reader, store.epoch(reader, epoch))) {
            StoreQuery.Result result = query.run(sql);
            Table table = new Table(result.columns());
            result.rows().forEach(table::add);
            table.print(surroundings);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
        return ExitCodes.OK;
    }
}
