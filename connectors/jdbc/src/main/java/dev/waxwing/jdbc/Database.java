package dev.waxwing.jdbc;

import dev.waxwing.function.Supplier;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come from. What is secret is in no text and no message of this class.
 *
 * <p>Each partition that is open holds one connection, and takes another when that one fails.
 *
 * <p>Immutable; {@code with…} methods return copies. Serializable if the data source is.
 */
public final class Database implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private final @Nullable DataSource source;
    private final @Nullable String url;
    private final @Nullable Drivers drivers;
    private final @Nullable Supplier<Credentials> credentials;
    private final Duration timeout;

    private Database(
            @Nullable DataSource source,
            @Nullable String url,
            @Nullable Drivers drivers,
            @Nullable Supplier<Credentials> credentials,
            Duration timeout) {
        this.source = source;
        this.url = url;
        this.drivers = drivers;
        this.credentials = credentials;
        this.timeout = timeout;
    }

    /** Takes connections out of a data source, such as a pool; it stays the user's to close. */
    public static Database of(DataSource source) {
        Objects.requireNonNull(source, "source must not be null");
        return new Database(source, null, null, null, DEFAULT_TIMEOUT);
    }

    /**
     * Connects by a URL, {@code jdbc:postgresql://host/name}, and the driver that knows it. Put no
     * password into it; that is what {@link #withCredentials} is for.
     *
     * <p>The driver is looked for, as a service, by the class loader of the caller of this method,
     * of the class that gives the credentials, of the context of the thread that starts the
     * execution, and of this library; then among those that {@link java.sql.DriverManager} knows.
     */
    public static Database at(String url) {
        Objects.requireNonNull(url, "url must not be null");
        if (!url.startsWith("jdbc:")) {
            throw new IllegalArgumentException(
                    "the URL of a database begins with jdbc: and the name of a driver, as in"
                            + " jdbc:postgresql://host/name, but the one that was given does not");
        }
        return new Database(null, url, Drivers.ofCaller(), null, DEFAULT_TIMEOUT);
    }

    /**
     * Asked for user and password at each new connection, so that these may change. Only for a
     * database that was given by its URL.
     */
    public Database withCredentials(Supplier<Credentials> supplier) {
        if (source != null) {
            throw new IllegalStateException(
                    "a data source has credentials of its own; give them to the data source, or use"
                            + " Database.at(url)");
        }
        return new Database(null, url, drivers, Objects.requireNonNull(supplier), timeout);
    }

    /**
     * For how long a database may be silent within a call, a minute by default. After that the
     * connection is given up and, if it was a commit, the marker is asked. It also bounds how long
     * opening a connection takes, whatever the driver or the pool does. Drivers that do not know a
     * limit of silence go without.
     */
    public Database withTimeout(Duration silence) {
        if (silence.compareTo(Duration.ofSeconds(1)) < 0
                || silence.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "the timeout must be from a second to a day, but was " + silence);
        }
        return new Database(source, url, drivers, credentials, silence);
    }

    /** The kind of database, and nothing that could be secret. */
    @Override
    public String toString() {
        return source != null ? "database of a " + source.getClass().getName() : kind();
    }

    /**
     * Opens a connection.
     *
     * @throws SQLException without any secret in it
     */
    Connection open() throws Exception {
        DataSource given = source;
        Connection connection =
                Connecting.within(
                        timeout,
                        given == null ? kind() : toString(),
                        given == null ? this::connect : given::getConnection);
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
        } catch (SQLFeatureNotSupportedException e) {
            // Then the driver's own limits hold.
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /** How long a statement may wait for a lock; shorter than the silence that is allowed. */
    int lockWaitSeconds() {
        return (int) Math.max(1, timeout.toSeconds() / 2);
    }

    /** Cuts a connection that is in use on another thread; null if there is none. */
    static void abort(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | AbstractMethodError e) {
            // Then its call ends when the database answers, or by the time-out.
        }
    }

    private Connection connect() throws Exception {
        String place = Objects.requireNonNull(url);
        Driver driver = Objects.requireNonNull(drivers).find(place, kind(), credentials);
        Properties properties = new Properties();
        String password = "";
        if (credentials != null) {
            Credentials given = credentials.get();
            password = given.password();
            properties.setProperty("user", given.user());
            properties.setProperty("password", password);
        }
        try {
            Connection opened = driver.connect(place, properties);
            if (opened == null) {
                throw new SQLException(driver.getClass().getName() + " takes another URL", "08001");
            }
            return opened;
        } catch (SQLException e) {
            throw new SecretFilter(place, kind(), password)
                    .filtered("cannot connect to " + kind() + ": ", e);
        }
    }

    /* Behind the driver's name anything may be secret, differently for each driver. */
    private String kind() {
        String text = Objects.requireNonNull(url);
        int end = text.indexOf(':', "jdbc:".length());
        return end < 0 ? "jdbc:…" : text.substring(0, end + 1) + "…";
    }
}
