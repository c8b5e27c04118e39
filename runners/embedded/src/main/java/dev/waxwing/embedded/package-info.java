/**
 * Runs plans on the threads of this JVM. Read {@link dev.waxwing.embedded.Waxwing} first; the
 * packages below this one are not for users.
 */
@NullMarked
package dev.waxwing.embedded;

import org.jspecify.annotations.NullMarked;
