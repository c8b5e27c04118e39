package dev.waxwing.recovery;

import dev.waxwing.run.FileAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a runner keeps its snapshots, how often it takes them and how long it keeps them.
 * Immutable.
 *
 * <pre>{@code
 * RecoveryOptions.in(Path.of("/var/lib/shop/recovery"))
 *         .withEpochInterval(Duration.ofSeconds(10))
 *         .withRetention(Duration.ofHours(1))
 * }</pre>
 *
 * <p>Every execution of a dataflow is given the same store, and every dataflow one of its own.
 * Nothing is opened or checked before an execution starts.
 */
public final class RecoveryOptions {

    private final StoreLocation store;
    private final Duration epochInterval;
    private final Duration retention;
    private final Resume resume;
    private final CodecRegistry classes;
    private final Map<String, StateMigration> migrations;
    private final FileAccess access;

    private RecoveryOptions(
            StoreLocation store,
            Duration epochInterval,
            Duration retention,
            Resume resume,
            CodecRegistry classes,
            Map<String, StateMigration> migrations,
            FileAccess access) {
        migrations = Map.copyOf(migrations);
        Objects.requireNonNull(store, "store must not be null");
        Objects.requireNonNull(epochInterval, "epochInterval must not be null");
        Objects.requireNonNull(retention, "retention must not be null");
        Objects.requireNonNull(resume, "resume must not be null");
        Objects.requireNonNull(classes, "classes must not be null");
        Objects.requireNonNull(access, "access must not be null");
        if (epochInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "epochInterval must be zero or longer, but was "
                            + epochInterval
                            + "; use Duration.ZERO for a snapshot after every batch");
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException(
                    "retention must be zero or longer, but was "
                            + retention
                            + "; use Duration.ZERO to delete superseded snapshots at once");
        }
        this.store = store;
        this.epochInterval = epochInterval;
        this.retention = retention;
        this.resume = resume;
        this.classes = classes;
        this.migrations = migrations;
        this.access = access;
    }

    /** What a new execution starts from, and what it may find changed. */
    public static final class Resume {

        private final long replayFrom;
        private final boolean changedParts;
        private final boolean adopt;
        private final boolean takeOver;
        private final Set<String> dropped;

        private Resume(
                long replayFrom,
                boolean changedParts,
                boolean adopt,
                boolean takeOver,
                Set<String> dropped) {
            dropped = Set.copyOf(dropped);
            this.replayFrom = replayFrom;
            this.changedParts = changedParts;
            this.adopt = adopt;
            this.takeOver = takeOver;
            this.dropped = dropped;
        }

        /** The newest epoch; partitions and targets must be as they were. */
        public static Resume newest() {
            return new Resume(0, false, false, false, Set.of());
        }

        /**
         * A kept epoch to go back to: sinks get again what came after it, and newer epochs are
         * given up. All partitions must be as they were.
         *
         * @param epoch 1 or more; a start with one that is not kept is refused
         */
        public static Resume replay(long epoch) {
            if (epoch < 1) {
                throw new IllegalArgumentException(
                        "a replay needs a kept epoch, 1 or more, but got "
                                + epoch
                                + "; Resume.newest() goes on from the newest");
            }
            return new Resume(epoch, false, false, false, Set.of());
        }

        /**
         * The same, but partitions that the store knows may be missing, and a sink may list others
         * than before; what was kept for them is forgotten, but for items on their way.
         */
        public Resume withChangedParts() {
            return new Resume(replayFrom, true, adopt, takeOver, dropped);
        }

        /**
         * The same, but the targets of epoch sinks are taken over whatever their markers say, and
         * items that the store has for a partition or dead letters that are not there any more are
         * given up.
         */
        public Resume withAdoption() {
            return new Resume(replayFrom, changedParts, true, takeOver, dropped);
        }

        /**
         * The same, but the store is taken over from an execution of another process that has it in
         * use and is not to go on, because it hangs or was cut off. Should it go on all the same,
         * it writes nothing more to the store or to targets that have markers, and fails.
         */
        public Resume withTakeOver() {
            return new Resume(replayFrom, changedParts, adopt, true, dropped);
        }

        /**
         * The same, but what is stored of a step and cannot be taken is given up: because no step
         * takes it any more, or because its types or settings do not fit. What can be taken stays.
         * It is removed with the first epoch that is decided, so that this need be said once only.
         *
         * @param stepId full id of the step as it was, such as {@code shop.cart}, or of an operator
         *     around it
         */
        public Resume withDropped(String stepId) {
            Set<String> more = new HashSet<>(dropped);
            more.add(Objects.requireNonNull(stepId, "stepId must not be null"));
            return new Resume(replayFrom, changedParts, adopt, takeOver, more);
        }

        /**
         * {@return a kept epoch to go back to, or 0 for the newest; a replay: sinks get again what
         * came after it}
         */
        public long replayFrom() {
            return replayFrom;
        }

        /**
         * {@return whether partitions that the store knows may be missing, and the list of a sink's
         * partitions may differ; what was kept for them is forgotten}
         */
        public boolean changedParts() {
            return changedParts;
        }

        /**
         * {@return whether the targets of epoch sinks are taken over whatever their markers say: if
         * they were written from another store, or they or the store were restored from a backup}
         * Something may then be missing in them, or be there twice.
         */
        public boolean adopt() {
            return adopt;
        }

        /**
         * {@return whether the store is taken over from an execution of another process that has it
         * in use; that one fails when it goes on} One of this process must be stopped instead.
         */
        public boolean takeOver() {
            return takeOver;
        }

        /**
         * {@return the full ids of steps of which is given up what is stored and cannot be taken}
         */
        public Set<String> dropped() {
            return dropped;
        }
    }

    /**
     * A store of SQLite in a directory, with epochs of one second; superseded snapshots are deleted
     * at once, and files are for their owner alone.
     *
     * @param directory made if it is missing; of the default file system
     */
    public static RecoveryOptions in(Path directory) {
        return at(StoreLocation.in(directory));
    }

    /** As {@link #in}, for a store of any kind. */
    public static RecoveryOptions at(StoreLocation store) {
        return new RecoveryOptions(
                store,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Resume.newest(),
                CodecRegistry.empty(),
                Map.of(),
                FileAccess.OWNER);
    }

    /** A copy with another time between epochs; zero ends an epoch after every batch. */
    public RecoveryOptions withEpochInterval(Duration interval) {
        return new RecoveryOptions(store, interval, retention, resume, classes, migrations, access);
    }

    /** A copy that keeps snapshots so long after a newer one has taken their place. */
    public RecoveryOptions withRetention(Duration duration) {
        return new RecoveryOptions(
                store, epochInterval, duration, resume, classes, migrations, access);
    }

    /** A copy for another start. */
    public RecoveryOptions withResume(Resume wanted) {
        return new RecoveryOptions(
                store, epochInterval, retention, wanted, classes, migrations, access);
    }

    /** A copy with these classes, and none of those before. */
    public RecoveryOptions withClasses(CodecRegistry registered) {
        return new RecoveryOptions(
                store, epochInterval, retention, resume, registered, migrations, access);
    }

    /**
     * A copy that also says how to make today's state of a step of what was stored.
     *
     * @param stepId full id of the step, such as {@code shop.cart}
     */
    public RecoveryOptions withMigration(String stepId, StateMigration migration) {
        Map<String, StateMigration> more = new HashMap<>(migrations);
        more.put(stepId, migration);
        return new RecoveryOptions(store, epochInterval, retention, resume, classes, more, access);
    }

    /** A copy with other readers; {@link FileAccess#OWNER} by default. */
    public RecoveryOptions withAccess(FileAccess choice) {
        return new RecoveryOptions(
                store, epochInterval, retention, resume, classes, migrations, choice);
    }

    /**
     * {@return the place of the store, on storage that outlives the process; made if it is missing}
     */
    public StoreLocation store() {
        return store;
    }

    /** {@return the time between epochs; zero ends an epoch after every batch} */
    public Duration epochInterval() {
        return epochInterval;
    }

    /** {@return how long a snapshot that is no longer needed is kept, for going back to it} */
    public Duration retention() {
        return retention;
    }

    /** {@return what a new execution starts from} */
    public Resume resume() {
        return resume;
    }

    /** {@return the classes that may be stored where no type is declared} */
    public CodecRegistry classes() {
        return classes;
    }

    /**
     * {@return how to make, by full id of a step, today's state of what was stored under a schema
     * that cannot be read as today's type; copied}
     */
    public Map<String, StateMigration> migrations() {
        return migrations;
    }

    /**
     * {@return who may read what is made in the store's place, which holds what the dataflow knows}
     */
    public FileAccess access() {
        return access;
    }
}
