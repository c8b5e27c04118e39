/** Tests of the JDBC connector, on a PostgreSQL server that they start themselves. */
@NullMarked
package dev.waxwing.jdbc;

import org.jspecify.annotations.NullMarked;
