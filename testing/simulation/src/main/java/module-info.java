/** Runs of the engine under simulated time, disks, crashes and interleavings. */
module dev.waxwing.simulation {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive dev.waxwing.recovery;
    requires transitive dev.waxwing.testing;
    requires dev.waxwing.embedded;
    requires dev.waxwing.engine;
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;
    requires static org.junit.platform.commons;

    exports dev.waxwing.simulation;
    exports dev.waxwing.simulation.disk;
    exports dev.waxwing.simulation.sink;
}
