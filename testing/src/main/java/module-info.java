/**
 * Test sources, sinks and runs, and the conformance suites of sources, sinks and operators.
 *
 * <p>The specifications of operators are for the runners of this project.
 */
@SuppressWarnings("module") // the modules that are named below are compiled after this one
module dev.waxwing.testing {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive java.logging;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;

    exports dev.waxwing.testing;
    exports dev.waxwing.testing.operators to
            dev.waxwing.simulation;

    opens dev.waxwing.testing;
}
