/**
 * Tables of relational databases. Read {@link dev.waxwing.jdbc.JdbcSink} first: it writes each
 * epoch in one transaction together with a marker, exactly once. {@link
 * dev.waxwing.jdbc.JdbcSource} reads what grows in a table, by columns that grow with it.
 *
 * <p>How databases differ is behind {@code Dialect}. Names are always quoted, values always bound
 * or escaped, and credentials are in no message.
 *
 * <p>This package knows the contracts of source and sink and no runner.
 */
@NullMarked
package dev.waxwing.jdbc;

import org.jspecify.annotations.NullMarked;
