package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionTypesTest {

    @Test
    void optionsHaveTheOneForm() {
        var all = all();

        assertThat(all.stream().filter(OptionTypes::isOptions)).hasSizeGreaterThan(20);
        assertThat(OptionTypes.violations(all)).isEmpty();
    }

    @Test
    void formIsKept() {
        assertThat(violations(GoodOptions.class)).isEmpty();
    }

    @Test
    void recordIsFound() {
        assertThat(violations(RecordOptions.class))
                .singleElement()
                .asString()
                .contains("RecordOptions: options are final classes with private constructors");
    }

    @Test
    void openConstructorIsFound() {
        assertThat(violations(OpenPolicy.class))
                .singleElement()
                .asString()
                .contains("OpenPolicy: options are final classes with private constructors");
    }

    @Test
    void missingFactoryIsFound() {
        assertThat(violations(MadeByNobodyOptions.class))
                .singleElement()
                .asString()
                .contains("has no factory");
    }

    @Test
    void namesOfFactoriesAndCopiesAreFound() {
        assertThat(violations(NamedOptions.class))
                .hasSize(2)
                .anySatisfy(each -> assertThat(each).contains("withSize", "is for copies"))
                .anySatisfy(each -> assertThat(each).contains("larger()", "changed copy 'with…'"));
    }

    private static List<String> violations(Class<?> type) {
        return OptionTypes.violations(List.of(new ClassFileImporter().importClass(type)));
    }

    private static List<JavaClass> all() {
        var arrows = ModuleArrows.of(Repository.find());
        return arrows.modules().stream()
                .flatMap(module -> arrows.classesOf(module).stream())
                .toList();
    }

    /** As it should be. */
    public static final class GoodOptions {
        private GoodOptions() {}

        public static GoodOptions defaults() {
            return new GoodOptions();
        }

        public GoodOptions withSize() {
            return this;
        }
    }

    /** A record. */
    public record RecordOptions(int size) {
        public static RecordOptions defaults() {
            return new RecordOptions(0);
        }
    }

    /** With a constructor that anybody may call. */
    public static final class OpenPolicy {
        public OpenPolicy() {}

        public static OpenPolicy never() {
            return new OpenPolicy();
        }
    }

    /** Without a factory. */
    public static final class MadeByNobodyOptions {
        private MadeByNobodyOptions() {}
    }

    /** With names the wrong way round. */
    public static final class NamedOptions {
        private NamedOptions() {}

        public static NamedOptions withSize() {
            return new NamedOptions();
        }

        public NamedOptions larger() {
            return this;
        }
    }
}
