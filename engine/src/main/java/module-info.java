/**
 * The engine that runners host: workers, epochs, sinks and sources as they run.
 *
 * <p>Nothing of it is for users.
 *
 * <p>Functions of an application that is a module run as fast as on the class path where their
 * packages are opened to this module.
 */
@SuppressWarnings("module") // the modules that are named below are compiled after this one
module dev.waxwing.engine {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive dev.waxwing.recovery;
    requires org.jctools.core;

    exports dev.waxwing.engine.channel to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.compile to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.delivery to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.epoch to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.resume to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.site to
            dev.waxwing.embedded,
            dev.waxwing.simulation;
    exports dev.waxwing.engine.state to
            dev.waxwing.embedded;
    exports dev.waxwing.engine.worker to
            dev.waxwing.embedded,
            dev.waxwing.simulation;

    // What the engine itself stores with an epoch.
    opens dev.waxwing.engine.delivery to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.epoch to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.link to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.resume to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.sink to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.site to
            dev.waxwing.recovery;
    opens dev.waxwing.engine.state to
            dev.waxwing.recovery;
}
