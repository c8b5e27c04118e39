/** Calls, sinks and event streams over HTTP. */
@SuppressWarnings("module") // recovery is compiled before this module, and is no dependency of it
module dev.waxwing.http {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports dev.waxwing.http;

    // Positions of sources and sinks, and their kernels.
    opens dev.waxwing.http to
            dev.waxwing.engine,
            dev.waxwing.recovery,
            dev.waxwing.testing;
}
