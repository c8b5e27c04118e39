/**
 * What becomes of an epoch after it is decided: outboxes are read back, sinks commit. Read {@link
 * dev.waxwing.embedded.delivery.Delivery} first.
 */
@NullMarked
package dev.waxwing.embedded.delivery;

import org.jspecify.annotations.NullMarked;
