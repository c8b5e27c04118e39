package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.waxwing.function.Mapper;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;

final class ModuleArrowsTest {

    private final ModuleArrows arrows = ModuleArrows.of(Repository.find());

    @Test
    void theModulesHaveClasses() {
        assertThat(arrows.classCount()).isGreaterThan(50);
    }

    @Test
    void modulesUseOnlyWhatTheyMaySee() {
        assertThat(arrows.violations()).isEmpty();
    }

    @Test
    void modulesUseAllThatTheyMaySee() {
        assertThat(arrows.unused()).isEmpty();
    }

    @Test
    void libraryThatIsAllowedAndNotUsedIsFound() {
        assertThat(arrows.unused("testing", sample(UsesLibrary.class)))
                .containsExactly("module testing: org.junit.* is allowed and not used");
    }

    @Test
    void libraryInTheCoreIsFound() {
        assertThat(arrows.violations("core", sample(UsesLibrary.class)))
                .singleElement()
                .asString()
                .startsWith("module core: ")
                .contains("may not use " + AbstractAssert.class.getName() + "; ");
    }

    @Test
    void undeclaredLibraryInAnyModuleIsFound() {
        assertThat(arrows.violations("recovery", sample(UsesLibrary.class))).hasSize(1);
        assertThat(arrows.violations("runners/embedded", sample(UsesLibrary.class))).hasSize(1);
    }

    @Test
    void arrowBetweenModulesThatAreNotListedIsFound() {
        assertThat(arrows.violations("dashboard", sample(UsesCore.class))).hasSize(1);
    }

    @Test
    void connectorMaySeeTheCoreAndItsOwnClient() {
        assertThat(arrows.violations("connectors/new", sample(UsesCore.class))).isEmpty();
        assertThat(arrows.violations("connectors/new", sample(UsesLibrary.class))).isEmpty();
    }

    private static List<JavaClass> sample(Class<?> type) {
        return List.copyOf(new ClassFileImporter().importClasses(type));
    }

    interface UsesLibrary {
        AbstractAssert<?, ?>[] use();
    }

    interface UsesCore {
        Mapper<String, String> use();
    }
}
