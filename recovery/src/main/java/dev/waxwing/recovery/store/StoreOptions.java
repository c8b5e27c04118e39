package dev.waxwing.recovery.store;

import dev.waxwing.run.FileAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a store is used by one execution. */
public final class StoreOptions {

    private final Duration retention;
    private final int workers;
    private final InstantSource clock;
    private final boolean takeOver;
    private final Supplier<UUID> tokens;
    private final @Nullable String formerName;
    private final FileAccess access;

    private StoreOptions(
            Duration retention,
            int workers,
            InstantSource clock,
            boolean takeOver,
            Supplier<UUID> tokens,
            @Nullable String formerName,
            FileAccess access) {
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
        this.retention = retention;
        this.workers = workers;
        this.clock = clock;
        this.takeOver = takeOver;
        this.tokens = tokens;
        this.formerName = formerName;
        this.access = access;
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
    public StoreOptions withTakeOver() {
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

    /**
     * {@return how long a snapshot stays restorable after a newer one has taken its place; zero
     * collects it as soon as the newer one is done}
     */
    public Duration retention() {
        return retention;
    }

    /** {@return the number of workers of this execution, recorded with its generation} */
    public int workers() {
        return workers;
    }

    /** {@return what tells when epochs are decided and when retention has passed} */
    public InstantSource clock() {
        return clock;
    }

    /**
     * {@return whether the store is taken over from an execution of another process that has it in
     * use; that execution fails when it writes next}
     */
    public boolean takeOver() {
        return takeOver;
    }

    /**
     * {@return what makes tokens, asked once for each opening; none may ever be the same as
     * another, also not one of another process}
     */
    public Supplier<UUID> tokens() {
        return tokens;
    }

    /**
     * {@return the former name of the dataflow, to which the store may still belong: from the first
     * epoch that is decided on it belongs to the dataflow by its new name; null if there is none}
     */
    public @Nullable String formerName() {
        return formerName;
    }

    /** {@return who may read what is made} */
    public FileAccess access() {
        return access;
    }
}
