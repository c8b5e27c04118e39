package dev.waxwing.checks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of features: rows {@code | id | feature | Class#method |}, several tests separated by
 * commas, a class alone for all its tests, or a reason {@code n/a: …} in place of the tests. On the
 * page of a connector, the tables whose last column is {@code proving test}, and the lists of what
 * is not promised, whose points name tests or say that they are untested.
 */
final class FeatureTable {

    private static final Pattern ROW =
            Pattern.compile("^\\|([^|]+)\\|(.+)\\|([^|]+)\\|\\s*$", Pattern.MULTILINE);
    private static final Pattern SEPARATOR = Pattern.compile("[\\s:-]+");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w*)(?:#(\\w+))?");
    private static final Pattern REASON = Pattern.compile("n/a:\\s*\\S.*");

    private static final Pattern PROMISES =
            Pattern.compile(
                    "^\\|.+\\| proving test \\|\\s*\\n\\|[\\s:|-]+\\|\\s*\\n((?:\\|.*(?:\\n|$))*)",
                    Pattern.MULTILINE);
    private static final Pattern PROMISE =
            Pattern.compile("^\\|(.+)\\|([^|]+)\\|\\s*$", Pattern.MULTILINE);

    private static final Pattern LIMITS =
            Pattern.compile(
                    "^(?:Where it ends|What is left when something fails):\\s*\\n(.*?)(?=^#|\\z)",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LIMIT =
            Pattern.compile(
                    "^- \\*\\*(.+?)\\*\\*(.*?)(?=^- |^\\S|\\z)",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+#\\w+)`");
    private static final Pattern UNTESTED = Pattern.compile("\\buntested\\b");

    private static final String ANNOTATION_VALUES = "(?:\\s*\\((?:[^()]|\\([^()]*\\))*\\))?";
    private static final String TEST_ANNOTATION =
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|SimulationTest)\\b";

    /** A test method: its annotations in any number, its modifiers, its result, its name. */
    private static final String TEST_METHOD =
            TEST_ANNOTATION
                    + ANNOTATION_VALUES
                    + "(?:\\s*@[\\w.]+"
                    + ANNOTATION_VALUES
                    + ")*(?:\\s+[\\w<>?,.]+)+?\\s+%s\\s*\\(";

    private static final String NO_TEST =
            "%s: there is no test '%s'; name the class that declares it as Class#method, where the"
                    + " method is annotated as a test, or give a reason as 'n/a: …'";

    /**
     * A row.
     *
     * @param id what messages call it
     */
    record Row(String id, String proof) {}

    private static final String NO_FEATURES = "there is no row '| id | feature | Class#method |'";
    private static final String NO_PROMISES =
            "there is no promise; add a table whose last column is headed 'proving test'";
    private static final String NO_LIMITS =
            "nothing is said to be not promised; after a line 'Where it ends:' add points '- **what**"
                    + " …', each with a test as `Class#method` or the word untested";

    private final List<Row> rows;
    private final String missing;

    /**
     * @param missing what is said if there are no rows
     */
    private FeatureTable(List<Row> rows, String missing) {
        this.rows = rows;
        this.missing = missing;
    }

    static FeatureTable parse(String markdown) {
        var rows = new ArrayList<Row>();
        for (var m = ROW.matcher(markdown); m.find(); ) {
            if (SEPARATOR.matcher(m.group(1)).matches()) {
                rows.remove(rows.size() - 1); // the heading
            } else {
                rows.add(new Row("feature " + m.group(1).strip(), m.group(3).strip()));
            }
        }
        return new FeatureTable(rows, NO_FEATURES);
    }

    /** The promises of a connector's page. */
    static FeatureTable parsePromises(String markdown) {
        return new FeatureTable(
                PROMISES.matcher(markdown)
                        .results()
                        .flatMap(table -> PROMISE.matcher(table.group(1)).results())
                        .map(
                                row ->
                                        new Row(
                                                "promise '" + row.group(1).strip() + "'",
                                                row.group(2).strip()))
                        .toList(),
                NO_PROMISES);
    }

    /** What a connector's page says that it does not promise, point by point. */
    static FeatureTable parseLimits(String markdown) {
        return new FeatureTable(
                LIMITS.matcher(markdown)
                        .results()
                        .flatMap(list -> LIMIT.matcher(list.group(1)).results())
                        .map(
                                limit ->
                                        new Row(
                                                "limit '" + limit.group(1).strip() + "'",
                                                proofOf(limit.group(2))))
                        .toList(),
                NO_LIMITS);
    }

    private static String proofOf(String limit) {
        var tests =
                NAMED_TEST
                        .matcher(limit)
                        .results()
                        .map(test -> test.group(1))
                        .collect(joining(","));
        return tests.isEmpty() && UNTESTED.matcher(limit).find() ? "n/a: untested" : tests;
    }

    /** What is wrong with the table, given the files that may hold tests. */
    List<String> violations(Collection<SourceFile> testCode) {
        if (rows.isEmpty()) {
            return List.of(missing);
        }
        var code = testCode.stream().map(SourceFile::code).toList();
        var ids = new HashSet<String>();
        var twice =
                rows.stream()
                        .filter(row -> !ids.add(row.id()))
                        .map(row -> "%s: is listed twice".formatted(row.id()));
        return Stream.concat(twice, rows.stream().flatMap(row -> violations(row, code))).toList();
    }

    private static Stream<String> violations(Row row, List<String> code) {
        var proof = row.proof().replace("`", "");
        if (REASON.matcher(proof).matches()) {
            return Stream.empty();
        }
        return Stream.of(proof.split(",", -1))
                .map(String::strip)
                .filter(test -> !isIn(code, test))
                .map(test -> NO_TEST.formatted(row.id(), test));
    }

    private static boolean isIn(List<String> code, String test) {
        var name = TEST.matcher(test);
        if (!name.matches()) {
            return false;
        }
        var type = Pattern.compile("\\b(?:class|interface|record)\\s+" + name.group(1) + "\\b");
        var method = Pattern.compile(TEST_METHOD.formatted(name.group(2)));
        boolean wholeClass = name.group(2) == null;
        return code.stream()
                .anyMatch(
                        text ->
                                type.matcher(text).find()
                                        && (wholeClass || method.matcher(text).find()));
    }
}
