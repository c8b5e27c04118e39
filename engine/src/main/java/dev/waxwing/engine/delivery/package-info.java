/**
 * What becomes of an epoch after it is decided: outboxes are read back, sinks commit. Read {@link
 * dev.waxwing.engine.delivery.Work} first, for the stages of what is committed, then {@link
 * dev.waxwing.engine.delivery.Delivery}.
 */
@NullMarked
package dev.waxwing.engine.delivery;

import org.jspecify.annotations.NullMarked;
