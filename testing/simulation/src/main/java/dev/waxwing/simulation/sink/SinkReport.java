package dev.waxwing.simulation.sink;

import dev.waxwing.sink.SinkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a suite has run and found.
 *
 * @param sink its name
 * @param contract of the sink
 * @param counts of runs
 * @param reached which points and faults they came to
 * @param failures oracle and scenario
 */
public record SinkReport(
        String sink, SinkContract contract, Counts counts, Reached reached, List<String> failures) {

    private static final Path DIRECTORY = Path.of("target", "sink-conformance");

    /**
     * Different pairs of what can disturb an execution, in their order.
     *
     * @param run how many there were in a run
     * @param possible how many there could have been: some run has come to the second after the
     *     first
     */
    public record Pairs(int run, int possible) {

        private String toJson() {
            return "{\"run\": " + run + ", \"possible\": " + possible + "}";
        }
    }

    /**
     * Runs of a suite.
     *
     * @param runs how many there were in all
     * @param seeds of how many seeds, from 0 on
     * @param singles runs with one crash, not counting one that only leads to a recovery
     * @param pairs of points, the second crash after the first
     * @param faultsWithCrash pairs of a fault of the target and a point, whichever came first
     */
    public record Counts(int runs, int seeds, int singles, Pairs pairs, Pairs faultsWithCrash) {}

    /**
     * Points and faults that runs came to.
     *
     * @param points how many single crashes there were at each
     * @param faults how many runs there were with nothing but this
     * @param notApplicable points and faults that the contract does not have, and why
     * @param unreached points that the contract has and no run came to
     */
    public record Reached(
            Map<CrashPoint, Integer> points,
            Map<TargetFault, Integer> faults,
            Map<String, String> notApplicable,
            Set<String> unreached) {

        /** Takes copies. */
        public Reached {
            points = Map.copyOf(points);
            faults = Map.copyOf(faults);
            notApplicable = Map.copyOf(notApplicable);
            unreached = Set.copyOf(unreached);
        }
    }

    /** Takes a copy. */
    public SinkReport {
        failures = List.copyOf(failures);
    }

    /** Pairs of points, the second crash after the first. */
    public Pairs pairs() {
        return counts.pairs;
    }

    /** Pairs of a fault of the target and a point, whichever came first. */
    public Pairs faultsWithCrash() {
        return counts.faultsWithCrash;
    }

    /** How many runs there were with nothing but a fault. */
    public Map<TargetFault, Integer> faults() {
        return reached.faults;
    }

    /** Points that the contract has and no run came to. */
    public Set<String> unreached() {
        return reached.unreached;
    }

    /** All of it as JSON, always in the same order. */
    public String toJson() {
        StringJoiner members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        members.add("\"sink\": " + quoted(sink));
        members.add("\"contract\": " + quoted(contract.name()));
        members.add("\"runs\": " + counts.runs);
        members.add("\"seeds\": " + counts.seeds);
        members.add("\"singles\": " + counts.singles);
        members.add("\"pairs\": " + counts.pairs.toJson());
        members.add("\"faultsWithCrash\": " + counts.faultsWithCrash.toJson());
        StringJoiner byPoint = new StringJoiner(", ", "{", "}");
        new TreeMap<>(reached.points)
                .forEach((point, n) -> byPoint.add(quoted(point.name()) + ": " + n));
        members.add("\"points\": " + byPoint);
        StringJoiner byFault = new StringJoiner(", ", "{", "}");
        new TreeMap<>(reached.faults)
                .forEach((fault, n) -> byFault.add(quoted(fault.name()) + ": " + n));
        members.add("\"faults\": " + byFault);
        StringJoiner reasons = new StringJoiner(",\n    ", "{\n    ", "}");
        new TreeMap<>(reached.notApplicable)
                .forEach((what, why) -> reasons.add(quoted(what) + ": " + quoted(why)));
        members.add("\"notApplicable\": " + reasons);
        members.add("\"unreached\": " + array(new TreeSet<>(reached.unreached)));
        members.add("\"failures\": " + array(failures));
        return members.toString();
    }

    /** Writes it to {@code target/sink-conformance/}, named after the sink. */
    void write() {
        String file = sink.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".json";
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(DIRECTORY.resolve(file), toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the report of sink '" + sink + "' cannot be written to " + DIRECTORY, e);
        }
    }

    private static String array(Iterable<String> texts) {
        StringJoiner elements = new StringJoiner(", ", "[", "]");
        texts.forEach(text -> elements.add(quoted(text)));
        return elements.toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
