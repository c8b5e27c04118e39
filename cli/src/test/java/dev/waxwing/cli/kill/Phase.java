package dev.waxwing.cli.kill;

import dev.waxwing.cli.kill.CodePoint.Edge;
import org.jspecify.annotations.Nullable;

/** What an execution is at when it is killed, in the order in which it comes to it. */
enum Phase {
    RESTORING(Names.STORE, "restore", Edge.ENTRY),
    RESTORED(Names.STORE, "restore", Edge.EXIT),
    TABLE_CLAIM_BEGUN(Names.TABLE, "claim", Edge.ENTRY),
    TABLE_CLAIMED(Names.TABLE, "claim", Edge.EXIT),
    FILES_CLAIMED(Names.FILES + "WriterClaim", "take", Edge.EXIT),
    FILES_SWEPT(Names.FILES + "RollingPartition", "abortBeyond", Edge.EXIT),
    APPENDED_FILE_OPENED(Names.FILES + "AppendFile", "open", Edge.EXIT),
    PRINTED(Names.FILES + "StandardOutputSink$Printer", "writeBatch", Edge.EXIT),
    BARRIER_SEEN("dev.waxwing.engine.worker.SourceStage", "passBarrier", Edge.EXIT),
    OUTBOX_WRITTEN(Names.OUTBOX, "finish", Edge.ENTRY),
    OUTBOX_FORCED(Names.OUTBOX, "finish", Edge.EXIT),
    PARTS_STAGED(Names.FILES + "StagedParts", "stage", Edge.EXIT),
    APPENDED_FILE_FORCED(Names.FILES + "AppendFile", "forceForDecision", Edge.EXIT),
    DECISION_BEGUN(Names.STORE, "decide", Edge.ENTRY),
    DECISION_HALF_WRITTEN(Names.RECOVERY + "PageTable", "insert", Edge.EXIT),
    DECIDED(Names.STORE, "decide", Edge.EXIT),
    READERS_TOLD(Names.FILES + "AppendFile", "decided", Edge.EXIT),
    TABLE_COMMIT_BEGUN(Names.TABLE, "apply", Edge.ENTRY),
    TABLE_MARKER_WRITTEN("dev.waxwing.jdbc.Markers", "update", Edge.EXIT),
    /** The database has committed, and its answer is on the way. */
    TABLE_COMMIT_UNANSWERED,
    TABLE_COMMITTED(Names.TABLE, "apply", Edge.EXIT),
    FILES_COMMIT_BEGUN(Names.FILES + "StagedParts", "show", Edge.ENTRY),
    PART_RENAMED(Names.FILES + "WriterClaim", "reached", Edge.ENTRY),
    FILES_PROGRESS_WRITTEN(Names.FILES + "WriterClaim", "reached", Edge.EXIT),
    REQUEST_BEGUN(Names.ENDPOINT, "post", Edge.ENTRY),
    REQUEST_ANSWERED(Names.ENDPOINT, "post", Edge.EXIT),
    DONE_BEGUN(Names.STORE, "done", Edge.ENTRY),
    DONE(Names.STORE, "done", Edge.EXIT),
    OUTBOX_DELETED(Names.RECOVERY + "DirectorySegments", "delete", Edge.EXIT),
    ACKNOWLEDGEMENT_BEGUN(Names.SOURCE, "acknowledge", Edge.ENTRY),
    ACKNOWLEDGED(Names.SOURCE, "acknowledge", Edge.EXIT),
    COLLECTED(Names.RECOVERY + "Collector", "collect", Edge.EXIT),
    COMPACTION_HALF_WRITTEN(Names.RECOVERY + "Compaction", "slice", Edge.EXIT),
    CLOSING(Names.STORE, "close", Edge.ENTRY);

    private final String className;
    private final String methodName;
    private final Edge edge;

    /** Not told by the execution itself. */
    Phase() {
        this("", "", Edge.ENTRY);
    }

    Phase(String className, String methodName, Edge edge) {
        this.className = className;
        this.methodName = methodName;
        this.edge = edge;
    }

    /** Where the execution comes to it; null if that is seen at the database. */
    @Nullable CodePoint point() {
        return className.isEmpty() ? null : new CodePoint(className, methodName, edge);
    }

    private static final class Names {
        static final String OUTBOX = "dev.waxwing.recovery.segment.SegmentWriter";
        static final String RECOVERY = "dev.waxwing.recovery.sqlite.";
        static final String STORE = RECOVERY + "SqliteRecoveryStore";
        static final String FILES = "dev.waxwing.files.";
        static final String TABLE = "dev.waxwing.jdbc.MarkedTable";
        static final String ENDPOINT = "dev.waxwing.http.HttpPartition";
        static final String SOURCE = "dev.waxwing.cli.kill.WitnessedSource$Partition";
    }
}
