package dev.waxwing.files;

import java.io.Serializable;

/** The values of a demo metric. */
@FunctionalInterface
public interface MetricGenerator extends Serializable {

    /**
     * The value of that number; the same each time it is asked for, so that a resume continues the
     * same series.
     *
     * @param name of the metric
     * @param index from 0
     */
    double value(String name, long index);

    /** Whole numbers from 0 to 9, drawn from a seed. */
    static MetricGenerator random(long seed) {
        return (name, index) ->
                Math.floorMod(SeededDraws.mix(seed ^ SeededDraws.mix(name.hashCode()), index), 10);
    }
}
