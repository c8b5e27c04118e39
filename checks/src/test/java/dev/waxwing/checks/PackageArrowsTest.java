package dev.waxwing.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Collection;
import java.util.Spliterator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages of a module that know each other in one direction only. */
final class PackageArrowsTest {

    private static final ArchRule ONE_WAY =
            slices().assignedFrom(new Packages()).should().beFreeOfCycles();

    private final Repository repository = Repository.find();

    @ParameterizedTest
    @ValueSource(strings = {"recovery", "recovery/sqlite"})
    void packagesHaveNoCircles(String module) {
        JavaClasses classes = classes(module);

        assertThat(classes).hasSizeGreaterThan(20);
        ONE_WAY.check(classes);
    }

    @Test
    void circleIsFound() {
        JavaClasses classes =
                new ClassFileImporter()
                        .importClasses(Spliterator.class, Collection.class, StreamSupport.class);

        assertThatThrownBy(() -> ONE_WAY.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    private JavaClasses classes(String module) {
        return new ClassFileImporter().importPath(repository.classesOf(module));
    }

    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
