package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ParameterCountsTest {

    private static final String SEVEN = Seven.class.getName() + ".<init>";

    @Test
    void methodsAndRecordsKeepTheLimit() {
        assertThat(ParameterCounts.limits().violations(all())).isEmpty();
    }

    @Test
    void eachLineOfTheListIsNeeded() {
        assertThat(ParameterCounts.limits().unneeded(all())).isEmpty();
    }

    @Test
    void recordWithSevenComponentsIsFound() {
        assertThat(new ParameterCounts(Map.of()).violations(sample(Seven.class)))
                .containsExactly(
                        SEVEN
                                + " has 7 parameters, at most 6 are allowed; make a record of what"
                                + " belongs together");
    }

    @Test
    void methodWithSevenParametersIsFound() {
        assertThat(new ParameterCounts(Map.of()).violations(sample(Method.class)))
                .singleElement()
                .asString()
                .startsWith(Method.class.getName() + ".of has 7 parameters");
    }

    @Test
    void sixParametersAreAllowed() {
        assertThat(new ParameterCounts(Map.of()).violations(sample(Six.class))).isEmpty();
    }

    @Test
    void listedNumberIsAllowedAndNoOther() {
        assertThat(new ParameterCounts(Map.of(SEVEN, 7)).violations(sample(Seven.class))).isEmpty();
        assertThat(new ParameterCounts(Map.of(SEVEN, 8)).violations(sample(Seven.class)))
                .singleElement()
                .asString()
                .contains("has 7 parameters, at most 6 are allowed, and 8 are listed");
    }

    @Test
    void lineThatIsNotNeededIsFound() {
        assertThat(new ParameterCounts(Map.of(SEVEN, 7)).unneeded(sample(Six.class)))
                .containsExactly(SEVEN + " is listed and is within the limit; delete the line");
    }

    private static List<JavaClass> all() {
        var arrows = ModuleArrows.of(Repository.find());
        return arrows.modules().stream()
                .flatMap(module -> arrows.classesOf(module).stream())
                .toList();
    }

    private static List<JavaClass> sample(Class<?> type) {
        return List.copyOf(new ClassFileImporter().importClasses(type));
    }

    record Six(int a, int b, int c, int d, int e, int f) {}

    record Seven(int a, int b, int c, int d, int e, int f, int g) {}

    interface Method {
        int of(int a, int b, int c, int d, int e, int f, int g);
    }
}
