/** Sources and sinks of files and streams of text, CSV and JSON. */
@SuppressWarnings("module") // recovery is compiled before this module, and is no dependency of it
module dev.waxwing.files {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires com.fasterxml.jackson.annotation;
    requires tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports dev.waxwing.files;

    // Positions of sources and sinks, and their kernels.
    opens dev.waxwing.files to
            dev.waxwing.engine,
            dev.waxwing.recovery,
            dev.waxwing.testing;
}
