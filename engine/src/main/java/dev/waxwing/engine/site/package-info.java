/**
 * What links know of where they run: the step, its stage, its worker; and what they count and say.
 * Knows no links.
 */
@NullMarked
package dev.waxwing.engine.site;

import org.jspecify.annotations.NullMarked;
