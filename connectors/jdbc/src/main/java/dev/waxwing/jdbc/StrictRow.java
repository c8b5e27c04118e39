package dev.waxwing.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result as the user's function sees it: a null that was asked for as a primitive, and so came as
 * 0 or false, is an error, unless the function asks {@code wasNull} next. Confined to one thread.
 */
final class StrictRow implements InvocationHandler {

    private static final Set<String> PRIMITIVE =
            Set.of(
                    "getBoolean",
                    "getByte",
                    "getShort",
                    "getInt",
                    "getLong",
                    "getFloat",
                    "getDouble");

    private final ResultSet rows;
    private final ResultSet strict;

    /** The column that was null, and the method that does not say so. */
    private @Nullable String unnoticed;

    StrictRow(ResultSet rows) {
        this.rows = rows;
        this.strict =
                (ResultSet)
                        Proxy.newProxyInstance(
                                StrictRow.class.getClassLoader(),
                                new Class<?>[] {ResultSet.class},
                                this);
    }

    /** What the function gets for the row that the result is at. */
    ResultSet begin() {
        unnoticed = null;
        return strict;
    }

    /** To be called when the function has returned. */
    void end() throws SQLException {
        if (unnoticed != null) {
            throw new SQLException(
                    unnoticed
                            + ", which makes 0 or false of it; ask wasNull() next, or"
                            + " getObject(column, type) for a type that can be null");
        }
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("wasNull")) {
            unnoticed = null;
        } else {
            end();
        }
        Object result;
        try {
            result = method.invoke(rows, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (arguments != null && PRIMITIVE.contains(method.getName()) && rows.wasNull()) {
            unnoticed = "column '" + arguments[0] + "' is null and was read by " + method.getName();
        }
        return result;
    }
}
