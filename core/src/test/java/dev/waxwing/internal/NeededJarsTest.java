package dev.waxwing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NeededJarsTest {

    private final ClassLoader loader = getClass().getClassLoader();

    @Test
    void whatCanBeLinkedIsNotLookedAt() {
        assertThat(needed("99").problem(loader, () -> {})).isNull();
    }

    @Test
    void jarThatIsTooOldIsNamedWithBothVersionsAndItsPlace() {
        assertThat(problem("99.1", Assertions.class.getName()))
                .startsWith("Testing cannot be used (java.lang.NoSuchMethodError: m): ")
                .contains("assertj-core 99.1 or newer is needed, but there is 3.")
                .contains("assertj-core-3.")
                .endsWith(". Do something");
    }

    @Test
    void jarsThatDoNotGoTogetherAreListed() {
        assertThat(problem("1.0", Assertions.class.getName()))
                .contains("these do not go together: assertj-core 3.");
    }

    @Test
    void missingJarIsNamed() {
        assertThat(problem("1.0", "org.example.Missing"))
                .contains("assertj-core 1.0 or newer is needed, and missing");
    }

    @ParameterizedTest
    @CsvSource({
        "2.18.2, 2.21, true",
        "2.21, 2.21, false",
        "2.21.3, 2.21, false",
        "2.3, 2.21, true",
        "2, 2.21, false",
        "3.0, 2.21, false",
        "10.1, 9.2, false",
        "3.1.0-rc1, 3.1, false",
        "3.0-SNAPSHOT (file:/x-9.jar), 3.1, true",
        "one of an unknown version, 2.21, false"
    })
    void versionsAreComparedByNumber(String found, String wanted, boolean older) {
        assertThat(NeededJars.isOlder(found, wanted)).isEqualTo(older);
    }

    private String problem(String version, String className) {
        return new NeededJars(
                        "Testing",
                        List.of(new NeededJars.Jar("assertj-core", version, className)),
                        "Do something")
                .problem(
                        loader,
                        () -> {
                            throw new NoSuchMethodError("m");
                        });
    }

    private static NeededJars needed(String version) {
        return new NeededJars(
                "Testing",
                List.of(new NeededJars.Jar("assertj-core", version, "org.example.Missing")),
                "Do something");
    }
}
