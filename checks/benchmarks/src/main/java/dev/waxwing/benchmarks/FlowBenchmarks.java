package dev.waxwing.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures whole dataflows beside the same work by hand and prints a table.
 *
 * <p>Ways take turns, round by round, in one JVM in which other dataflows have run before, and must
 * give the same result each time; see {@link Settings} for the arguments.
 */
public final class FlowBenchmarks {

    private static final List<Way> WITHOUT_RECOVERY = List.of(Way.HAND, Way.FLOW);
    private static final List<Way> WITH_RECOVERY = List.of(Way.HAND, Way.FLOW, Way.RECOVERING);

    private final Settings settings;
    private final PrintStream console;
    private final List<String> lines = new ArrayList<>();

    FlowBenchmarks(Settings settings, PrintStream console) {
        this.settings = settings;
        this.console = console;
    }

    /** Prints a table, and writes it to a file if that is asked for. */
    public static void main(String[] arguments) throws Exception {
        new FlowBenchmarks(Settings.parse(arguments), System.out).run();
    }

    /** Returns the lines of the table. */
    List<String> run() throws Exception {
        Path stores = Files.createTempDirectory(storeParent(), "waxwing-benchmarks");
        try {
            Runs runs = new Runs(stores);
            warmUp(runs);
            print(machine(stores));
            print("");
            Standing.HEADINGS.lines().forEach(this::print);
            for (Load load : loads()) {
                for (int workers : settings.workers()) {
                    contest(load, workers, runs);
                }
            }
            if (settings.wants("W3 memory")) {
                print("");
                List<Integer> keys = settings.tiny() ? List.of(1_000) : List.of(100_000, 1_000_000);
                new WindowMemory(keys).lines().forEach(this::print);
            }
            if (settings.wants("W7")) {
                print("");
                new StartUp(settings.tiny() ? 1 : 10, stores).lines().forEach(this::print);
            }
            if (settings.wants("W8")) {
                print("");
                long count = settings.tiny() ? 1_000 : 20_000_000;
                new FileWriting(settings.length().rounds(), count, stores)
                        .lines()
                        .forEach(this::print);
            }
            if (settings.wants("W9")) {
                print("");
                new TableRows(
                                settings.length().rounds(),
                                settings.tiny() ? 2_000 : 2_000_000,
                                stores)
                        .lines()
                        .forEach(this::print);
            }
            if (settings.wants("W9 HTTP")) {
                print("");
                new PostedItems(
                                settings.length().rounds(),
                                settings.tiny() ? 2_000 : 500_000,
                                stores)
                        .lines()
                        .forEach(this::print);
            }
            if (settings.wants("W10")) {
                print("");
                new GuaranteePrices(settings.length().rounds(), settings.tiny(), stores)
                        .lines()
                        .forEach(this::print);
            }
            if (settings.wants("W11")) {
                print("");
                new EpochTimes(settings.tiny(), stores).lines().forEach(this::print);
            }
        } finally {
            Runs.delete(stores);
        }
        print("");
        print("Load of the machine at the end: " + systemLoad() + ".");
        if (settings.write() != null) {
            Files.write(settings.write(), lines);
        }
        return lines;
    }

    private Path storeParent() {
        return settings.store() != null
                ? settings.store()
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private List<Load> loads() {
        boolean quick = settings.tiny();
        return List.of(
                        new ChainLoad(1_000, false),
                        new ChainLoad(100, false),
                        new ChainLoad(1, false),
                        new ChainLoad(1_000, true),
                        new WordCountLoad(quick ? 1_000 : 50_000, quick ? 500 : 20_000),
                        new WindowSumLoad(1_000, 1),
                        new WindowSumLoad(quick ? 5_000 : 100_000, 1),
                        new WindowSumLoad(1_000, 10),
                        new WindowSumLoad(1_000, 100),
                        new KeyCountLoad(quick ? 1_000 : 1_000_000))
                .stream()
                .filter(load -> settings.wants(load.name()))
                .toList();
    }

    private void contest(Load load, int workers, Runs runs) throws Exception {
        if (settings.length().seconds() > 0) {
            add(
                    new Contest(load, workers, WITHOUT_RECOVERY, runs)
                            .run(settings.length().rounds(), settings.length().seconds()));
        }
        if (settings.length().recoverySeconds() > 0 && load.isMeasuredWithRecovery()) {
            add(
                    new Contest(load, workers, WITH_RECOVERY, runs)
                            .run(settings.length().rounds(), settings.length().recoverySeconds()));
        }
    }

    private void add(Standing standing) {
        standing.lines().forEach(this::print);
    }

    private void warmUp(Runs runs) throws Exception {
        int positions = settings.tiny() ? 1_000 : 3_000_000;
        for (Load other : OtherFlows.all()) {
            for (int workers : settings.workers()) {
                runs.run(other, Way.FLOW, new Run(workers, positions, positions));
            }
        }
    }

    private void print(String line) {
        lines.add(line);
        console.println(line);
    }

    private static String machine(Path stores) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s %s, %d cores, heap %d MB, %s, stores on %s, load of the machine %s.",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(" and ")),
                Files.getFileStore(stores).type(),
                systemLoad());
    }

    private static String systemLoad() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
