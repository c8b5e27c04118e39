/**
 * What becomes of an epoch after it is decided: outboxes are read back, sinks commit. Read {@link
 * dev.waxwing.engine.delivery.Delivery} first.
 */
@NullMarked
package dev.waxwing.engine.delivery;

import org.jspecify.annotations.NullMarked;
