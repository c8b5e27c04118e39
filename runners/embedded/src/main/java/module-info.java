/** The runner on threads of the own process. */
module dev.waxwing.embedded {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;
    requires transitive dev.waxwing.recovery;
    requires dev.waxwing.engine;

    exports dev.waxwing.embedded;

    provides dev.waxwing.run.Runner with
            dev.waxwing.embedded.service.EmbeddedService;
}
