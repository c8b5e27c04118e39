/**
 * How keys and states become bytes and back, without Java serialization.
 *
 * <p>{@link dev.waxwing.recovery.codec.StateCodec} is made from a type and is what a runner uses.
 * Its {@link dev.waxwing.recovery.codec.StateCodec#schemaText} describes the bytes well enough to
 * read them after the type has changed, or without the type. Only classes that are reached from the
 * type or that were registered are ever made: no name in the bytes is looked up anywhere else. This
 * package must not know stores.
 */
@NullMarked
package dev.waxwing.recovery.codec;

import org.jspecify.annotations.NullMarked;
