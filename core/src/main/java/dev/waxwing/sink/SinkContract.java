package dev.waxwing.sink;

import dev.waxwing.connector.Guarantee;

/** How a sink keeps what the dataflow has decided and what the target shows together. */
public enum SinkContract {

    /** Written as it comes; after a crash some of it again. */
    AT_LEAST_ONCE(Guarantee.AT_LEAST_ONCE, "at least once"),

    /** Written as it comes; after a crash what lies behind the last position is undone. */
    BY_POSITION(Guarantee.EXACTLY_ONCE, "by position"),

    /** Sent after the epoch is decided, under ids by which the target knows what it has. */
    IDEMPOTENT(Guarantee.EFFECTIVELY_ONCE, "idempotent"),

    /** Sent after the epoch is decided, in one transaction with a marker of the epoch. */
    TRANSACTIONAL(Guarantee.EXACTLY_ONCE, "transactional"),

    /** Staged before the epoch is decided, made visible after. */
    TWO_PHASE(Guarantee.EXACTLY_ONCE, "two-phase");

    private final Guarantee guarantee;
    private final String words;

    SinkContract(Guarantee guarantee, String words) {
        this.guarantee = guarantee;
        this.words = words;
    }

    /** What it promises if all before it keep their word. */
    public Guarantee guarantee() {
        return guarantee;
    }

    /** How people call it, such as {@code by position}. */
    public String inWords() {
        return words;
    }
}
