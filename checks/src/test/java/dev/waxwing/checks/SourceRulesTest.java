package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

final class SourceRulesTest {

    private final List<SourceFile> sources = Repository.find().sources();

    @Test
    void theRepositoryHasSources() {
        assertThat(sources).hasSizeGreaterThan(50);
    }

    @Test
    void noTypeNameEndsInAnEmptyWord() {
        assertThat(SourceRules.forbiddenEndings(sources)).isEmpty();
    }

    @Test
    void emptyWordAtTheEndOfANestedTypeIsFound() {
        var files = List.of(main("final class Order { record OrderData(int id) {} }"));

        assertThat(SourceRules.forbiddenEndings(files))
                .singleElement()
                .asString()
                .contains("OrderData");
    }

    @Test
    void wordInsideALongerWordIsNoEnding() {
        var files = List.of(main("/* class FooImpl */ interface Database { class ImplA {} }"));

        assertThat(SourceRules.forbiddenEndings(files)).isEmpty();
    }

    @Test
    void noFileIsTooLong() {
        assertThat(SourceRules.tooLong(sources)).isEmpty();
    }

    @Test
    void fileOfOneLineTooManyIsFound() {
        var longest = main("\n".repeat(SourceRules.LINES_MAX));
        var tooLong = main("\n".repeat(SourceRules.LINES_MAX + 1));

        assertThat(SourceRules.tooLong(List.of(longest, tooLong)))
                .containsExactly(
                        "core/src/main/java/a/Sample.java has 601 lines, the limit is 600;"
                                + " split it");
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(SourceRules.packagesWithoutPackageInfo(sources)).isEmpty();
    }

    @Test
    void packageWithoutPackageInfoIsFound() {
        assertThat(SourceRules.packagesWithoutPackageInfo(List.of(main("class A {}"))))
                .singleElement()
                .asString()
                .startsWith("core/src/main/java/a has no package-info.java");
    }

    @Test
    void everyPublicTypeHasJavadoc() {
        assertThat(SourceRules.publicTypesWithoutJavadoc(sources)).isEmpty();
    }

    @Test
    void publicTypeWithoutJavadocIsFound() {
        var bare = main("package a;\n\n@Deprecated(since = \"1\")\npublic final class A {}\n");
        var comment = main("package a;\n\n/* Not Javadoc. */\npublic interface B {}\n");

        assertThat(SourceRules.publicTypesWithoutJavadoc(List.of(bare, comment)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("'A'"),
                        second -> assertThat(second).contains("'B'"));
    }

    @Test
    void annotationMayStandBetweenJavadocAndType() {
        var file =
                main("/** Documented. */\n@A(b = {\"c\"}, d = @E(1))\n@F\npublic record R() {}\n");

        assertThat(SourceRules.publicTypesWithoutJavadoc(List.of(file))).isEmpty();
    }

    @Test
    void nothingInMainIsUnfinished() {
        assertThat(SourceRules.unfinished(sources)).isEmpty();
    }

    @Test
    void unfinishedMainCodeIsFound() {
        assertThat(SourceRules.unfinished(List.of(main("class A {} // TODO more")))).hasSize(1);
    }

    @Test
    void noTestSleeps() {
        assertThat(SourceRules.sleeping(sources)).isEmpty();
    }

    @Test
    void sleepingTestIsFound() {
        var file = test("class A { void a() { Thread.sleep(1); TimeUnit.SECONDS.sleep(1); } }");

        assertThat(SourceRules.sleeping(List.of(file))).hasSize(2);
    }

    @Test
    void sleepInAStringOrCommentIsNone() {
        var file = test("class A { /* Thread.sleep */ String a = \"Thread.sleep\"; }");

        assertThat(SourceRules.sleeping(List.of(file))).isEmpty();
    }

    @Test
    void noTestIsSkipped() {
        assertThat(SourceRules.skipping(sources)).isEmpty();
    }

    @Test
    void skippedTestIsFound() {
        var file =
                test(
                        "@DisabledOnOs(OS.LINUX) class A { @Disabled(\"flaky\") @Test void a() {}"
                                + " @Test void b() { assumeTrue(false); } }");

        assertThat(SourceRules.skipping(List.of(file)))
                .satisfiesExactly(
                        first -> assertThat(first).contains("'@DisabledOnOs'"),
                        second -> assertThat(second).contains("'@Disabled'"),
                        third -> assertThat(third).contains("'assumeTrue'"));
    }

    @Test
    void testOfWhatOneSystemAloneHasMaySaySo() {
        var file = test("class A { @Test @EnabledOnOs(OS.LINUX) void fullDisk() {} }");

        assertThat(SourceRules.skipping(List.of(file))).isEmpty();
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        assertThat(SourceRules.exiting(sources)).isEmpty();
    }

    @Test
    void endingTheProcessElsewhereIsFound() {
        assertThat(SourceRules.exiting(List.of(main("class A { { System.exit(1); } }"))))
                .hasSize(1);
    }

    @Test
    void onlyThePlanAsksWhatAnOperatorIs() {
        assertThat(SourceRules.askingOperators(sources)).isEmpty();
    }

    @Test
    void askingWhatAnOperatorIsElsewhereIsFound() {
        var file =
                test("class A { boolean a(Object b) { return b instanceof CoreOperator.Merge; } }");

        assertThat(SourceRules.askingOperators(List.of(file))).hasSize(1);
    }

    private static SourceFile main(String text) {
        return file(SourceFile.Kind.MAIN, text);
    }

    private static SourceFile test(String text) {
        return file(SourceFile.Kind.TEST, text);
    }

    private static SourceFile file(SourceFile.Kind kind, String text) {
        var path = Path.of("core", kind.folder(), "a", "Sample.java");
        return new SourceFile("core", kind, path, text);
    }
}
