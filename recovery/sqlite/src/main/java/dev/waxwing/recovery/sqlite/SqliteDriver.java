package dev.waxwing.recovery.sqlite;

import dev.waxwing.internal.NeededJars;
import dev.waxwing.recovery.RecoveryException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** Finds out whether the driver of SQLite is there and can be used, before a store is touched. */
final class SqliteDriver {

    private static final NeededJars JARS =
            new NeededJars(
                    "Recovery",
                    List.of(new NeededJars.Jar("sqlite-jdbc", "3.47", "org.sqlite.JDBC")),
                    "Give this version in the dependencyManagement of your build, before the list"
                            + " that has another one, and exclude the jar nowhere");

    private SqliteDriver() {}

    /**
     * Does nothing if it can be used.
     *
     * @throws RecoveryException if not; says which jar is too old or missing
     */
    static void require() {
        @Nullable String problem =
                JARS.problem(SqliteDriver.class.getClassLoader(), SqliteDriver::use);
        if (problem != null) {
            throw new RecoveryException(problem);
        }
    }

    private static void use() {
        new SQLiteConfig().setBusyTimeout(0);
        SQLiteErrorCode.getErrorCode(0);
    }
}
