package dev.waxwing.cli;

import dev.waxwing.recovery.sqlite.inspect.StoreEntries;
import dev.waxwing.recovery.sqlite.inspect.StoreEntry;
import dev.waxwing.recovery.store.StateSummary;
import dev.waxwing.recovery.store.StoreReader;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waxwing recovery show}: the keys and values of one step. */
@Command(
        name = "show",
        description = "Shows the keys of a step and their values, in the order of the keys' text.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  waxwing recovery show state/ orders.total",
            "  waxwing recovery show state/ orders.total --key a-17 --epoch 41"
        })
final class RecoveryShowCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private StoreOption store = new StoreOption();

    @Parameters(index = "1", paramLabel = "STEP", description = "Full id, like orders.total.")
    private String step = "";

    @Option(
            names = {"-e", "--epoch"},
            paramLabel = "EPOCH",
            description = "A kept epoch; the newest by default.")
    private @Nullable Long epoch;

    @Option(
            names = {"-k", "--key"},
            paramLabel = "KEY",
            description = "Only this key, as it is shown.")
    private @Nullable String key;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many keys; 100 by default, 0 for all.")
    private int limit = 100;

    RecoveryShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw CommandException.usage("--limit must be 0 or more, but was " + limit);
        }
        try (StoreReader reader = store.open()) {
            long shown = store.epoch(reader, epoch);
            FirstEntries first = new FirstEntries(limit);
            new StoreEntries(reader)
                    .forEach(
                            shown,
                            entry -> {
                                if (isMeant(entry)) {
                                    first.add(entry);
                                }
                            });
            if (first.count() == 0) {
                throw nothingFound(reader, shown);
            }
            print(first);
        }
        return ExitCodes.OK;
    }

    private boolean isMeant(StoreEntry entry) {
        return entry.state().stepPath().equals(step) && (key == null || entry.key().equals(key));
    }

    private void print(FirstEntries first) {
        Table table = new Table("STATE", "KEY", "VALUE");
        for (StoreEntry entry : first.sorted()) {
            table.add(entry.state().stateName(), entry.key(), entry.value());
        }
        table.print(surroundings);
        if (limit > 0 && first.count() > limit) {
            surroundings
                    .err()
                    .println(
                            "waxwing: these are the first "
                                    + limit
                                    + " of "
                                    + first.count()
                                    + " keys; --limit 0 shows all");
        }
    }

    private CommandException nothingFound(StoreReader reader, long shown) {
        List<String> steps =
                reader.states(shown).stream()
                        .map(StateSummary::state)
                        .map(state -> state.stepPath())
                        .distinct()
                        .toList();
        String where = " in epoch " + shown + " of recovery store " + store;
        if (steps.contains(step)) {
            return CommandException.usage(
                    "step '" + step + "' has no key '" + key + "'" + where + "; check its text");
        }
        return CommandException.usage(
                "there is no state of a step '"
                        + step
                        + "'"
                        + where
                        + (steps.isEmpty()
                                ? "; it has no state at all"
                                : "; the steps with state are "
                                        + steps.stream().collect(Collectors.joining(", "))));
    }
}
