package dev.waxwing.testing;

import dev.waxwing.internal.NeededJars;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The jars that suites need and users bring. */
final class TestJars {

    private static final NeededJars JARS =
            new NeededJars(
                    "The conformance suite",
                    List.of(
                            new NeededJars.Jar(
                                    "assertj-core", "3.26", "org.assertj.core.api.Assertions"),
                            new NeededJars.Jar(
                                    "junit-jupiter-api", "5.12", "org.junit.jupiter.api.Test")),
                    "Add these to your build with scope test");

    private TestJars() {}

    /**
     * Does nothing if they are there.
     *
     * @throws IllegalStateException if not; says which is too old or missing
     */
    static void require() {
        @Nullable String problem = JARS.problem(TestJars.class.getClassLoader(), TestJars::use);
        if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    private static void use() {
        Assertions.assertThat(Test.class.getName()).isNotEmpty();
    }
}
