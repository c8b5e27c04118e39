package dev.waxwing.checks;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that are checked on the text of a source file. */
final class SourceRules {

    static final int LINES_MAX = 600;

    private static final Pattern TYPE =
            Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");
    private static final Pattern FORBIDDEN_ENDING =
            Pattern.compile("(?:Impl|Utils?|Helper|Manager|Base|Data|Info|Misc)$");
    private static final Pattern PUBLIC_TOP_LEVEL_TYPE =
            Pattern.compile(
                    "^public\\s+(?:(?:final|abstract|sealed|non-sealed|strictfp)\\s+)*"
                            + "(?:class|interface|enum|record|@interface)\\s+(\\w+)",
                    Pattern.MULTILINE);
    private static final Pattern ANNOTATION_AT_END =
            Pattern.compile("@[\\w.]+(?:\\([^()]*(?:\\([^()]*\\)[^()]*)*\\))?\\s*$");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b");
    private static final Pattern SLEEP =
            Pattern.compile(
                    "\\bThread\\s*\\.\\s*sleep\\b"
                            + "|\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep\\b");
    private static final Pattern SKIP =
            Pattern.compile(
                    "@(?:Disabled|EnabledIf|EnabledForJre|Ignore)\\w*"
                            + "|\\bAssumptions\\b|\\bassum(?:e|ing)That\\b|\\bassume(?:True|False)\\b"
                            + "|\\bTestAbortedException\\b");
    private static final Pattern EXIT = Pattern.compile("\\bSystem\\s*\\.\\s*exit\\b");

    private static final Pattern ASKED_OPERATOR =
            Pattern.compile("\\binstanceof\\s+(?:final\\s+)?CoreOperator\\b");
    private static final Path PLAN = Path.of("dev", "waxwing", "plan", "core");

    private SourceRules() {}

    static List<String> forbiddenEndings(Collection<SourceFile> files) {
        return violations(files, SourceRules::forbiddenEndings);
    }

    static List<String> tooLong(Collection<SourceFile> files) {
        return files.stream()
                .filter(file -> file.lineCount() > LINES_MAX)
                .map(
                        file ->
                                "%s has %d lines, the limit is %d; split it"
                                        .formatted(file.path(), file.lineCount(), LINES_MAX))
                .toList();
    }

    static List<String> packagesWithoutPackageInfo(Collection<SourceFile> files) {
        var folders =
                files.stream()
                        .filter(SourceFile::isMain)
                        .filter(file -> !file.path().endsWith("module-info.java"))
                        .collect(Collectors.groupingBy(file -> file.path().getParent()));
        return folders.entrySet().stream()
                .filter(folder -> folder.getValue().stream().noneMatch(SourceRules::isPackageInfo))
                .map(folder -> folder.getKey() + " has no package-info.java; say what it is for")
                .sorted()
                .toList();
    }

    static List<String> publicTypesWithoutJavadoc(Collection<SourceFile> files) {
        return violations(files, SourceRules::publicTypesWithoutJavadoc);
    }

    static List<String> unfinished(Collection<SourceFile> files) {
        return violations(
                files,
                file ->
                        file.isMain()
                                ? found(
                                        file,
                                        file.text(),
                                        UNFINISHED,
                                        "finish it or say what is missing")
                                : Stream.empty());
    }

    static List<String> sleeping(Collection<SourceFile> files) {
        return violations(
                files,
                file ->
                        file.isTestCode()
                                ? found(file, file.code(), SLEEP, "wait for an event instead")
                                : Stream.empty());
    }

    static List<String> skipping(Collection<SourceFile> files) {
        return violations(
                files,
                file ->
                        file.isTestCode()
                                ? found(
                                        file,
                                        file.code(),
                                        SKIP,
                                        "mend the test or delete it; only what one operating system"
                                                + " alone has may be left out, by @EnabledOnOs")
                                : Stream.empty());
    }

    static List<String> exiting(Collection<SourceFile> files) {
        return violations(
                files,
                file ->
                        file.module().equals("cli")
                                ? Stream.empty()
                                : found(
                                        file,
                                        file.code(),
                                        EXIT,
                                        "only the command line may do that"));
    }

    /* An operator that is added must break the build wherever it matters, and such a question does not. */
    static List<String> askingOperators(Collection<SourceFile> files) {
        return violations(
                files,
                file ->
                        file.path().getParent().endsWith(PLAN)
                                ? Stream.empty()
                                : found(
                                        file,
                                        file.code(),
                                        ASKED_OPERATOR,
                                        "ask by a method of CoreOperator or CoreStep, or be a"
                                                + " visitor"));
    }

    private static List<String> violations(
            Collection<SourceFile> files, Function<SourceFile, Stream<String>> rule) {
        return files.stream().flatMap(rule).toList();
    }

    private static Stream<String> forbiddenEndings(SourceFile file) {
        return TYPE.matcher(file.code())
                .results()
                .map(match -> match.group(1))
                .filter(name -> FORBIDDEN_ENDING.matcher(name).find())
                .map(
                        name ->
                                "%s: the end of '%s' says nothing; name what it is"
                                        .formatted(file.path(), name));
    }

    private static Stream<String> publicTypesWithoutJavadoc(SourceFile file) {
        if (!file.isMain()) {
            return Stream.empty();
        }
        return PUBLIC_TOP_LEVEL_TYPE
                .matcher(file.text())
                .results()
                .filter(match -> !isAfterJavadoc(file.text(), match.start()))
                .map(
                        match ->
                                "%s: public type '%s' has no Javadoc"
                                        .formatted(file.path(), match.group(1)));
    }

    private static Stream<String> found(SourceFile file, String text, Pattern what, String advice) {
        return what.matcher(text)
                .results()
                .map(match -> "%s: '%s'; %s".formatted(file.path(), match.group(), advice));
    }

    private static boolean isPackageInfo(SourceFile file) {
        return file.path().endsWith("package-info.java");
    }

    private static boolean isAfterJavadoc(String text, int declaration) {
        var before = text.substring(0, declaration).stripTrailing();
        for (var m = ANNOTATION_AT_END.matcher(before); m.find(); m.reset(before)) {
            before = before.substring(0, m.start()).stripTrailing();
        }
        return before.endsWith("*/") && before.startsWith("/**", before.lastIndexOf("/*"));
    }
}
