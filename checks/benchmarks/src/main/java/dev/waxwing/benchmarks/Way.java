package dev.waxwing.benchmarks;

/** How a load is done. */
enum Way {
    HAND("by hand"),
    FLOW("Waxwing"),
    RECOVERING("Waxwing, recovery on");

    private final String text;

    Way(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
