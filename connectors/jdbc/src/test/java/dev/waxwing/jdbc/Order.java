package dev.waxwing.jdbc;

import dev.waxwing.function.TypeRef;
import org.jspecify.annotations.Nullable;

/** What most tests write. */
record Order(long id, @Nullable String name) {

    static final TypeRef<Order> TYPE = TypeRef.of(Order.class);

    /** A sink into table {@code orders}. */
    static JdbcSink<Order> sink(Database database) {
        return JdbcSink.into(database, "orders", TYPE)
                .withColumn("id", Order::id)
                .withColumn("name", Order::name);
    }
}
