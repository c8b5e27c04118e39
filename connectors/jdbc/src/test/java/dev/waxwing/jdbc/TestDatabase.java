package dev.waxwing.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.TimeZone;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hsqldb.jdbc.JDBCDataSource;
import org.sqlite.SQLiteDataSource;

/** The databases of the tests. */
enum TestDatabase {
    POSTGRESQL {
        @Override
        DataSource open(Path directory) throws SQLException {
            return Schema.empty().source();
        }
    },
    H2 {
        @Override
        DataSource open(Path directory) {
            var source = new JdbcDataSource();
            // The driver would keep the zone that the JVM had first.
            source.setURL(
                    "jdbc:h2:mem:"
                            + UUID.randomUUID()
                            + ";DB_CLOSE_DELAY=-1;TIME ZONE="
                            + TimeZone.getDefault().getID());
            return source;
        }
    },
    HSQLDB {
        @Override
        DataSource open(Path directory) {
            var source = new JDBCDataSource();
            source.setURL("jdbc:hsqldb:mem:" + UUID.randomUUID());
            source.setUser("sa");
            return source;
        }
    },
    SQLITE {
        @Override
        DataSource open(Path directory) {
            var source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + directory.resolve(UUID.randomUUID() + ".db"));
            return source;
        }
    };

    /** A database without tables. */
    abstract DataSource open(Path directory) throws SQLException;
}
