/**
 * The model: dataflows and plans, and the contracts of functions, state, sources, sinks and
 * windows.
 *
 * <p>Users and authors of connectors write with the packages that are exported to everybody. What
 * is exported by name is for the runners, the connectors and the tools of this project, and may
 * change with every version.
 */
@SuppressWarnings("module") // the modules that are named below are compiled after this one
module dev.waxwing.core {
    requires static transitive org.jspecify;

    exports dev.waxwing;
    exports dev.waxwing.connector;
    exports dev.waxwing.function;
    exports dev.waxwing.join;
    exports dev.waxwing.kernel;
    exports dev.waxwing.plan;
    exports dev.waxwing.run;
    exports dev.waxwing.sink;
    exports dev.waxwing.source;
    exports dev.waxwing.state;
    exports dev.waxwing.step;
    exports dev.waxwing.windowing;
    exports dev.waxwing.internal to
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.files,
            dev.waxwing.http,
            dev.waxwing.jdbc,
            dev.waxwing.recovery,
            dev.waxwing.recovery.sqlite,
            dev.waxwing.simulation,
            dev.waxwing.testing;
    exports dev.waxwing.operators to
            dev.waxwing.engine;
    exports dev.waxwing.plan.core to
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.simulation,
            dev.waxwing.testing;
    exports dev.waxwing.render to
            dev.waxwing.cli,
            dev.waxwing.simulation;
    exports dev.waxwing.run.check to
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.testing;
    exports dev.waxwing.run.file to
            dev.waxwing.files,
            dev.waxwing.recovery.sqlite;
    exports dev.waxwing.state.columnar to
            dev.waxwing.engine;
    exports dev.waxwing.text to
            dev.waxwing.files,
            dev.waxwing.http,
            dev.waxwing.jdbc;

    uses dev.waxwing.run.Runner;

    // Runners copy the classes of operators for each step, and read and write what steps keep.
    opens dev.waxwing.operators to
            dev.waxwing.engine,
            dev.waxwing.recovery,
            dev.waxwing.testing;
}
