package dev.waxwing.jdbc;

import dev.waxwing.function.Mapper;
import java.io.Serializable;

/**
 * A column that is written.
 *
 * @param value what is put into it for an item, if it is of the item
 */
record Column<X>(String name, Origin origin, Mapper<? super X, ?> value) implements Serializable {

    /** What the value is of. */
    enum Origin {
        ITEM,
        EPOCH,
        WRITER
    }

    Column {
        Identifiers.check("the name of a column", name);
    }

    /** A column of the commit that an item is in. */
    static <X> Column<X> of(String name, Origin origin) {
        return new Column<>(name, origin, item -> origin);
    }
}
