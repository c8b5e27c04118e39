package dev.waxwing.cli.kill;

import dev.waxwing.function.TypeRef;
import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A sink, and a file with a line for each time that a decided epoch was given to it: the partition,
 * the epoch, and how many items its outbox has.
 */
record RecordedSink<X>(EpochSink<X> sink, String file) implements EpochSink<X> {

    /** What is in a file, each line once. */
    static Set<String> read(Path file) throws IOException {
        return new TreeSet<>(Files.readAllLines(file));
    }

    static String line(String part, long epoch, long items) {
        return part + " " + epoch + " " + items;
    }

    @Override
    public List<String> listParts() throws Exception {
        return sink.listParts();
    }

    @Override
    public int partFn(Object key) {
        return sink.partFn(key);
    }

    @Override
    public @Nullable TypeRef<X> itemType() {
        return sink.itemType();
    }

    @Override
    @SuppressWarnings("unchecked") // what it builds is for its items
    public TransactionalPartition<X> buildPart(String stepId, String forPart) throws Exception {
        var inner = (TransactionalPartition<X>) sink.buildPart(stepId, forPart);
        return new TransactionalPartition<>() {
            @Override
            public @Nullable Marker claim(Owner owner) throws Exception {
                return inner.claim(owner);
            }

            @Override
            public void apply(Commit commit, List<X> rows) throws Exception {
                Files.writeString(
                        Path.of(file),
                        line(forPart, commit.epoch(), rows.size()) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                inner.apply(commit, rows);
            }

            @Override
            public void close() throws Exception {
                inner.close();
            }
        };
    }
}
