/**
 * The command line.
 *
 * <p>It loads dataflows from a class path that is told when it runs; they are in no module and see
 * what the other modules export to everybody.
 */
module dev.waxwing.cli {
    requires static org.jspecify;
    requires dev.waxwing.core;
    requires dev.waxwing.embedded;
    requires dev.waxwing.files;
    requires dev.waxwing.recovery;
    requires dev.waxwing.recovery.sqlite;
    requires info.picocli;
    requires org.jline;

    opens dev.waxwing.cli to
            info.picocli;
}
