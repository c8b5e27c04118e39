package dev.waxwing.function;

import java.io.Serializable;
import java.util.List;

/**
 * Names the functions that an object holds in its fields.
 *
 * <p>Kernels, builders, clocks and windowers of one's own implement it if functions are passed to
 * them. The records and enums that the signatures of these functions name may then be stored where
 * the type of a state cannot be told, as those of functions that are passed to a stream may.
 * Runners read no fields. A lambda need not do so: what it captures is found in it.
 */
public interface HoldsCode extends Serializable {

    /**
     * Returns the functions, and what itself holds functions; may be empty. It is called before an
     * execution, by one thread, and must not depend on what {@code open} prepares.
     */
    List<Serializable> code();
}
