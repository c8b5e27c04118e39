package dev.waxwing.connector;

/** How often an item has its effect, whatever crashes; from the weakest to the strongest. */
public enum Guarantee {
    /** Some may be lost. */
    AT_MOST_ONCE,
    /** None is lost, some may be repeated. */
    AT_LEAST_ONCE,
    /** Some may be sent again; a target that remembers ids shows each once. */
    EFFECTIVELY_ONCE,
    /** None is lost, none is repeated. */
    EXACTLY_ONCE
}
