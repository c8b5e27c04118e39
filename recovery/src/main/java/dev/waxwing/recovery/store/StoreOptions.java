package dev.waxwing.recovery.store;

import dev.waxwing.run.FileAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a store is used by one execution.
 *
 * @param retention how long a snapshot stays restorable after a newer one has taken its place; zero
 *     collects it as soon as the newer one is done
 * @param workers of this execution, recorded with its generation
 * @param clock tells when epochs are decided and when retention has passed
 * @param takeOver whether the store is taken over from an execution of another process that has it
 *     in use; that execution fails when it writes next
 * @param tokens asked once for each opening; none may ever be the same as another, also not one of
 *     another process
 * @param formerName of the dataflow, to which the store may still belong: from the first epoch that
 *     is decided on it belongs to the dataflow by its new name; null if there is none
 * @param access who may read what is made
 */
public record StoreOptions(
        Duration retention,
        int workers,
        InstantSource clock,
        boolean takeOver,
        Supplier<UUID> tokens,
        @Nullable String formerName,
        FileAccess access) {

    /** Checks the ranges. */
    public StoreOptions {
        if (retention.isNegative()) {
            throw new IllegalArgumentException(
                    "retention must be zero or longer, but was "
                            + retention
                            + "; use Duration.ZERO to collect superseded snapshots at once");
        }
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be 1 or more, but was " + workers);
        }
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(access, "access");
    }

    /**
     * One worker, the system's clock, random tokens; superseded snapshots collected at once,
     * nothing taken over, files for their owner alone.
     */
    public static StoreOptions defaults() {
        return new StoreOptions(
                Duration.ZERO,
                1,
                InstantSource.system(),
                false,
                UUID::randomUUID,
                null,
                FileAccess.OWNER);
    }

    /** A copy with another retention. */
    public StoreOptions withRetention(Duration duration) {
        return new StoreOptions(duration, workers, clock, takeOver, tokens, formerName, access);
    }

    /** A copy with another number of workers. */
    public StoreOptions withWorkers(int count) {
        return new StoreOptions(retention, count, clock, takeOver, tokens, formerName, access);
    }

    /** A copy with another clock. */
    public StoreOptions withClock(InstantSource source) {
        return new StoreOptions(retention, workers, source, takeOver, tokens, formerName, access);
    }

    /** A copy that takes the store over from an execution that has it in use. */
    public StoreOptions takingOver() {
        return new StoreOptions(retention, workers, clock, true, tokens, formerName, access);
    }

    /** A copy with other tokens. */
    public StoreOptions withTokens(Supplier<UUID> supplier) {
        return new StoreOptions(retention, workers, clock, takeOver, supplier, formerName, access);
    }

    /** A copy for a dataflow that had another name, or null if it had none. */
    public StoreOptions withFormerName(@Nullable String name) {
        return new StoreOptions(retention, workers, clock, takeOver, tokens, name, access);
    }

    /** A copy with other readers. */
    public StoreOptions withAccess(FileAccess choice) {
        return new StoreOptions(retention, workers, clock, takeOver, tokens, formerName, choice);
    }
}
