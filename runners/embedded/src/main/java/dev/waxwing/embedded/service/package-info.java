/** The embedded runner as one that is chosen by its name. Not for users, who call it directly. */
@NullMarked
package dev.waxwing.embedded.service;

import org.jspecify.annotations.NullMarked;
