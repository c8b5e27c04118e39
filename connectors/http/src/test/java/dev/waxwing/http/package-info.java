/**
 * Tests of the HTTP connector, against a real server on this machine that does what each test asks
 * for.
 */
@NullMarked
package dev.waxwing.http;

import org.jspecify.annotations.NullMarked;
