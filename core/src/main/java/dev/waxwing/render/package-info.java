/** Plans as text: for people, and for programs that draw them. */
@NullMarked
package dev.waxwing.render;

import org.jspecify.annotations.NullMarked;
