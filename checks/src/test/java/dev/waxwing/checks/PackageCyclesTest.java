package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PackageCyclesTest {

    @Test
    void packagesOfAModuleUseOneAnotherOneWay() {
        var arrows = ModuleArrows.of(Repository.find());

        assertThat(arrows.modules())
                .flatMap(module -> PackageCycles.violations(module, arrows.classesOf(module)))
                .isEmpty();
    }

    @Test
    void cycleThatIsNotListedIsFound() {
        assertThat(PackageCycles.violations("recovery", cycle()))
                .singleElement()
                .asString()
                .startsWith(
                        "module recovery: packages [java.util, java.util.stream] use one another")
                .contains("Collection -> Stream");
    }

    @Test
    void listedCycleIsAllowedInItsModuleOnly() {
        var listed = Set.of(Set.of("java.util", "java.util.stream"));

        assertThat(PackageCycles.violations("core", cycle(), listed)).isEmpty();
        assertThat(PackageCycles.violations("recovery", cycle())).hasSize(1);
    }

    @Test
    void cycleThatGrowsBeyondTheListedOneIsFound() {
        var listed = Set.of(Set.of("java.util", "java.util.function"));

        assertThat(PackageCycles.violations("core", cycle(), listed)).hasSize(2);
    }

    @Test
    void listedCycleThatIsGoneIsFound() {
        var listed = Set.of(Set.of("java.util", "java.util.stream"));

        assertThat(PackageCycles.violations("core", sample(Collection.class), listed))
                .singleElement()
                .asString()
                .endsWith("are listed as a cycle and are none; delete the line");
    }

    private static List<JavaClass> cycle() {
        return sample(Collection.class, java.util.stream.Stream.class);
    }

    private static List<JavaClass> sample(Class<?>... types) {
        return List.copyOf(new ClassFileImporter().importClasses(types));
    }
}
