package dev.waxwing.simulation.windows;

import dev.waxwing.windowing.Micros;
import java.time.Instant;

/** A value under a key; values are told apart by their number. */
record Reading(String key, int number, Instant at) {

    long micros() {
        return Micros.of(at);
    }

    @Override
    public String toString() {
        return key + "#" + number + "@" + at;
    }
}
