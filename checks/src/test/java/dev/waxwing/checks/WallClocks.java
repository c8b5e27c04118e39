package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the clock is read that people and machines set: only where it is listed. */
final class WallClocks {

    /** Programs written with the library; they are as free as users' are. */
    private static final Set<String> PROGRAMS = Set.of("checks/benchmarks", "examples");

    private static final String DEFAULT = "the clock of its options, unless users give another";

    private static final Map<String, String> LISTED =
            Map.ofEntries(
                    Map.entry(
                            "dev.waxwing.engine.worker.Clock",
                            "the one clock of an execution, from which workers have their dates"),
                    Map.entry(
                            "dev.waxwing.internal.Elapsed",
                            "tells the machine's clock, which may be set, from a clock of users"),
                    Map.entry(
                            "dev.waxwing.recovery.store.StoreOptions",
                            "the dates of epochs, shown to people"),
                    Map.entry("dev.waxwing.source.PollingSource", DEFAULT),
                    Map.entry("dev.waxwing.source.QueueSource", DEFAULT),
                    Map.entry("dev.waxwing.files.AuctionOptions", DEFAULT),
                    Map.entry("dev.waxwing.files.FollowOptions", DEFAULT),
                    Map.entry("dev.waxwing.files.RandomMetricSource", DEFAULT),
                    Map.entry("dev.waxwing.http.HttpOptions", DEFAULT),
                    Map.entry("dev.waxwing.jdbc.JdbcSource", DEFAULT),
                    Map.entry("dev.waxwing.testing.TestSource", DEFAULT),
                    Map.entry("dev.waxwing.testing.TestQueueMessages", DEFAULT),
                    Map.entry(
                            "dev.waxwing.testing.PartitionReader",
                            "whether a partition's date of awakening has come"),
                    Map.entry(
                            "dev.waxwing.testing.operators.SpecSession",
                            "the clock of runners that cannot take another"));

    private WallClocks() {}

    static ListedCalls rule() {
        return rule(LISTED);
    }

    static ListedCalls rule(Map<String, String> listed) {
        return new ListedCalls(
                "lengths of time go by a clock that nobody sets (Clock.steadyMillis, Elapsed,"
                        + " nanoTime); take a date from the InstantSource that users can give",
                WallClocks::isRead,
                listed);
    }

    /** The classes to which the rule applies. */
    static List<JavaClass> classes(ModuleArrows arrows) {
        return arrows.modules().stream()
                .filter(module -> !PROGRAMS.contains(module))
                .flatMap(module -> arrows.classesOf(module).stream())
                .toList();
    }

    private static boolean isRead(ListedCalls.Target target) {
        var owner = target.owner();
        var name = target.name();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.util.Date", "java.util.GregorianCalendar" ->
                    name.equals("<init>") && target.parameters().isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            case "java.time.Clock" ->
                    name.startsWith("system") || (name.startsWith("tick") && !takesClock(target));
            case "java.time.InstantSource" -> name.equals("system");
            default -> owner.startsWith("java.time.") && name.equals("now") && !takesClock(target);
        };
    }

    private static boolean takesClock(ListedCalls.Target target) {
        return target.parameters().contains("java.time.Clock");
    }
}
