package dev.waxwing.jdbc;

import java.io.Serializable;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The drivers that a dataflow can see. Immutable; where it was made is forgotten when it is
 * serialized.
 */
final class Drivers implements Serializable {

    /*
     * DriverManager looks for drivers once, when the JVM uses it first, by the context class loader of that moment; and it
     * gives a driver only to callers whose own class loader has the same class. A dataflow in a class loader of its own (a
     * plugin, a web application, the second job of a process) would not find the driver beside it. So drivers are looked
     * for at each connection, nearest to the dataflow first; those that were registered by hand come last.
     */

    private static final long serialVersionUID = 1L;

    private static final StackWalker CALLERS =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** That of the code that named the database. */
    private final transient @Nullable ClassLoader dataflow;

    /** Those that a class loader of the user's can see, and what there is elsewhere. */
    Drivers(@Nullable ClassLoader dataflow) {
        this.dataflow = dataflow;
    }

    /** Those that the nearest caller outside of this package can see. */
    static Drivers ofCaller() {
        String own = Drivers.class.getPackageName();
        return CALLERS.walk(
                frames ->
                        frames.map(StackWalker.StackFrame::getDeclaringClass)
                                .filter(type -> !type.getPackageName().equals(own))
                                .findFirst()
                                .map(type -> new Drivers(type.getClassLoader()))
                                .orElseGet(() -> new Drivers(null)));
    }

    /**
     * The first driver that takes the URL.
     *
     * @param kind what stands for the URL in messages
     * @param credentials whoever gives user and password, if anybody does
     * @throws SQLException if there is none
     */
    Driver find(String url, String kind, @Nullable Object credentials) throws SQLException {
        Set<String> others = new LinkedHashSet<>();
        for (ClassLoader loader : loaders(credentials)) {
            Iterator<Driver> services = ServiceLoader.load(Driver.class, loader).iterator();
            for (Driver driver; (driver = next(services, others)) != null; ) {
                if (takes(driver, url, others)) {
                    return driver;
                }
            }
        }
        for (Driver driver : DriverManager.drivers().toList()) {
            if (takes(driver, url, others)) {
                return driver;
            }
        }
        throw new SQLException(
                "cannot connect to "
                        + kind
                        + ": no driver takes its URL; "
                        + (others.isEmpty() ? "there is none at all" : "there are " + others)
                        + ". Put the driver's jar on the class path of the dataflow and look for"
                        + " typing errors in the URL, or make a DataSource and use"
                        + " Database.of(source)",
                "08001");
    }

    private Set<ClassLoader> loaders(@Nullable Object credentials) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        add(loaders, dataflow);
        add(loaders, credentials == null ? null : credentials.getClass().getClassLoader());
        add(loaders, Thread.currentThread().getContextClassLoader());
        add(loaders, Drivers.class.getClassLoader());
        return loaders;
    }

    private static void add(Set<ClassLoader> loaders, @Nullable ClassLoader loader) {
        if (loader != null) {
            loaders.add(loader);
        }
    }

    /* One that cannot be loaded, as it is made for a newer JVM, must not hide the others. */
    private static @Nullable Driver next(Iterator<Driver> services, Set<String> others) {
        while (true) {
            try {
                return services.hasNext() ? services.next() : null;
            } catch (ServiceConfigurationError | LinkageError broken) {
                others.add("one that cannot be loaded: " + broken.getMessage());
            }
        }
    }

    private static boolean takes(Driver driver, String url, Set<String> others) {
        try {
            if (driver.acceptsURL(url)) {
                return true;
            }
        } catch (SQLException e) {
            // It is made for other URLs and does not even understand this one.
        }
        others.add(driver.getClass().getName());
        return false;
    }
}
