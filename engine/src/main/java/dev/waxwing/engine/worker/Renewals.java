package dev.waxwing.engine.worker;

import dev.waxwing.run.check.StepChecks;
import dev.waxwing.source.AcknowledgingPartition;

/** Renews what a partition holds, and warns when that begins to fail. Used by one thread. */
final class Renewals {

    private final String name;
    private final AcknowledgingPartition<?> partition;
    private boolean failing;

    Renewals(String name, AcknowledgingPartition<?> partition) {
        this.name = name;
        this.partition = partition;
    }

    void renew() {
        try {
            partition.renew();
            failing = false;
        } catch (Throwable thrown) {
            if (!failing) {
                System.getLogger(Renewals.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "renew of partition '"
                                        + name
                                        + "' failed and is tried again; what it holds may be"
                                        + " delivered again meanwhile: "
                                        + StepChecks.told(thrown),
                                thrown);
            }
            failing = true;
        }
    }
}
