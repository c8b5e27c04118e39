package dev.waxwing.simulation;

import java.io.Serializable;

/** What flows through random dataflows. */
record Item(String key, long value) implements Serializable {

    Item plus(long amount) {
        return new Item(key, value + amount);
    }
}
