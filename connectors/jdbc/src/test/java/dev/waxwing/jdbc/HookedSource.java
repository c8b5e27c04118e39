package dev.waxwing.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A data source with connections that tell what is about to happen, and fail if they are told to.
 */
final class HookedSource {

    /** Called on the thread that uses the connection; what it throws, the call throws. */
    @FunctionalInterface
    interface Hook {

        /**
         * @param point {@code open}, {@code opened}, {@code prepare} and the statement, {@code
         *     unwrap}, {@code commit.before} or {@code commit.after}; {@code open.failed} if there
         *     was no connection
         * @param connection null at {@code open}
         */
        void at(String point, Connection connection) throws SQLException;
    }

    private HookedSource() {}

    static DataSource of(DataSource real, Hook hook) {
        return proxy(
                DataSource.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getConnection")
                                ? connection(opened(real, hook), hook)
                                : invoke(real, method, arguments));
    }

    private static Connection opened(DataSource real, Hook hook) throws SQLException {
        hook.at("open", null);
        Connection connection;
        try {
            connection = real.getConnection();
        } catch (SQLException e) {
            hook.at("open.failed", null);
            throw e;
        }
        hook.at("opened", connection);
        return connection;
    }

    private static Connection connection(Connection real, Hook hook) {
        return proxy(
                Connection.class,
                (proxy, method, arguments) -> {
                    boolean commits = method.getName().equals("commit");
                    if (commits) {
                        hook.at("commit.before", real);
                    } else if (method.getName().equals("prepareStatement")) {
                        hook.at("prepare " + arguments[0], real);
                    } else if (method.getName().equals("unwrap")) {
                        hook.at("unwrap", real);
                    }
                    Object result = invoke(real, method, arguments);
                    if (commits) {
                        hook.at("commit.after", real);
                    }
                    return result;
                });
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
