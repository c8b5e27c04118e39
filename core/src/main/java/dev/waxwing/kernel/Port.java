package dev.waxwing.kernel;

import java.io.Serializable;

/**
 * A side output of a step: declared when the step is built, named in the plan, used to emit and to
 * get the stream. The port's index is its place among the ports that the step declares, from 1; 0
 * is the main output.
 *
 * <p>A port named {@value #LATE} carries what came too late to count. Runners count it, and warn if
 * nobody takes it.
 *
 * @param name unique among the ports of the step; no period
 * @param index from 1
 * @param <X> item
 */
public record Port<X>(String name, int index) implements Serializable {

    /** The name of ports for what came too late. */
    public static final String LATE = "late";

    public Port {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(
                    "port name must not be empty or contain a period, but was '" + name + "'");
        }
        if (index < 1) {
            throw new IllegalArgumentException(
                    "port '" + name + "': index must be 1 or more, but was " + index);
        }
    }

    /** Whether it carries what came too late. */
    public boolean isLate() {
        return name.equals(LATE);
    }

    /** The first, often only, side output of a step. */
    public static <X> Port<X> named(String name) {
        return new Port<>(name, 1);
    }
}
