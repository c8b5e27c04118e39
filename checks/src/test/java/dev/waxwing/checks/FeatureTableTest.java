package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeatureTableTest {

    private static final String HEADING = "| id | feature | proof |\n|---|---|---|\n";
    private static final List<SourceFile> TESTS =
            List.of(
                    new SourceFile(
                            "core",
                            SourceFile.Kind.TEST,
                            Path.of("MapTest.java"),
                            """
                            class MapTest {
                                @Test void maps() { helper(); return other(); }
                                @ParameterizedTest(name = "{0}")
                                @ValueSource(ints = {1, 2})
                                @SuppressWarnings("unused") // as it is
                                public <T extends List<T>> void mapsAll(int size) {}
                                private static List<String> helper() {}
                                void notAnnotated() {}
                                @BeforeEach void prepares() {}
                                @Test @interface Marked {}
                                private void after() {}
                            }
                            """));

    @Test
    void everyFeatureNamesItsTest() {
        var repository = Repository.find();
        var file = repository.root().resolve("docs/reference/features.md");
        var testCode = repository.sources().stream().filter(SourceFile::isTestCode).toList();
        assertThat(FeatureTable.parse(Repository.read(file)).violations(testCode)).isEmpty();
    }

    @Test
    void everyPromiseOfAConnectorNamesItsTest() {
        var repository = Repository.find();
        var testCode = repository.sources().stream().filter(SourceFile::isTestCode).toList();
        var folder = repository.root().resolve("docs/connectors");

        var pages =
                repository.markdownFiles().stream()
                        .filter(file -> file.startsWith(folder))
                        .toList();

        assertThat(pages).isNotEmpty();
        assertThat(pages)
                .allSatisfy(
                        page ->
                                assertThat(
                                                FeatureTable.parsePromises(Repository.read(page))
                                                        .violations(testCode))
                                        .as("%s", page)
                                        .isEmpty())
                .allSatisfy(
                        page ->
                                assertThat(
                                                FeatureTable.parseLimits(Repository.read(page))
                                                        .violations(testCode))
                                        .as("%s", page)
                                        .isEmpty());
    }

    @Test
    void limitThatNamesNoTestAndIsNotSaidToBeUntestedIsFound() {
        var page =
                "What is left when something fails:\n\n- **One** has a test (`MapTest#maps`),\n  and"
                        + " more.\n- **Two** has none.\n- **Three** is untested.\n- **Four** names\n "
                        + " `MapTest#flies`.\n\n# Next\n\n- **Five** is no limit.\n";

        assertThat(FeatureTable.parseLimits(page).violations(TESTS))
                .satisfiesExactly(
                        two -> assertThat(two).contains("limit 'Two'"),
                        four -> assertThat(four).contains("limit 'Four'", "'MapTest#flies'"));
    }

    @Test
    void promiseWithoutATestIsFoundInItsTableOnly() {
        var page =
                "| other | table |\n|---|---|\n| a | b |\n\n| promise | proving test |\n|---|---|\n|"
                        + " maps | `MapTest#maps` |\n| flies | `MapTest#flies` |\n\n| c | d |\n";

        assertThat(FeatureTable.parsePromises(page).violations(TESTS))
                .singleElement()
                .asString()
                .contains("promise 'flies'", "'MapTest#flies'");
    }

    @Test
    void pageWithoutPromisesIsFound() {
        assertThat(FeatureTable.parsePromises("# Page\n").violations(TESTS))
                .singleElement()
                .asString()
                .contains("add a table whose last column is headed 'proving test'");
    }

    @Test
    void pageWithoutLimitsIsFound() {
        assertThat(FeatureTable.parseLimits("# Page\n").violations(TESTS))
                .singleElement()
                .asString()
                .contains("after a line 'Where it ends:'");
    }

    @Test
    void rowWithATestOrAReasonIsRight() {
        assertThat(violations("| a | maps | `MapTest#maps` |\n| b | flies | n/a: no wings |\n"))
                .isEmpty();
    }

    @Test
    void tableWithoutRowsIsFound() {
        assertThat(violations(""))
                .containsExactly("there is no row '| id | feature | Class#method |'");
    }

    @Test
    void rowWhoseClassOrMethodIsMissingIsFound() {
        assertThat(
                        violations(
                                "| a | one | No#maps |\n| b | two | MapTest#maps, MapTest, MapTest#no |\n"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("feature a", "'No#maps'"),
                        second -> assertThat(second).contains("feature b", "'MapTest#no'"));
    }

    @Test
    void callOfAMethodIsNoTest() {
        assertThat(violations("| a | one | MapTest#helper, MapTest#other |\n")).hasSize(2);
    }

    @Test
    void testMayHaveMoreAnnotationsAndAnyModifiers() {
        assertThat(violations("| a | one | MapTest#mapsAll |\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"helper", "notAnnotated", "prepares", "after"})
    void methodThatIsNotAnnotatedAsATestIsFound(String method) {
        assertThat(violations("| a | one | MapTest#" + method + " |\n"))
                .singleElement()
                .asString()
                .contains("'MapTest#" + method + "'", "annotated as a test");
    }

    @Test
    void rowWithoutTestOrReasonIsFound() {
        assertThat(violations("| a | one | later |\n| b | two | n/a: |\n")).hasSize(2);
    }

    @Test
    void featureListedTwiceIsFound() {
        assertThat(violations("| a | one | MapTest#maps |\n| a | two | MapTest#maps |\n"))
                .containsExactly("feature a: is listed twice");
    }

    private static List<String> violations(String rows) {
        return FeatureTable.parse(HEADING + rows).violations(TESTS);
    }
}
