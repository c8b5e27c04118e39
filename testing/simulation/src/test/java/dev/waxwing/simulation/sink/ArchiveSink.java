package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TransactionalPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

// region sink
/** A sink of one's own: documents go to an archive that has transactions. */
final class ArchiveSink implements EpochSink<String>, ResettableSink {

    private static final long serialVersionUID = 1L;

    private final transient Archive.Client archive;

    ArchiveSink(Archive.Client archive) {
        this.archive = archive;
    }

    @Override
    public List<String> listParts() {
        return List.of("0", "1");
    }

    @Override
    public Shelf buildPart(String stepId, String forPart) {
        return new Shelf(archive);
    }

    @Override
    public @Nullable String remembered(Owner owner) throws Exception {
        try (var transaction = archive.begin()) {
            return transaction.marker(owner.place()) == null ? null : owner.place();
        }
    }

    @Override
    public void forget(Owner owner) throws Exception {
        try (var transaction = archive.begin()) {
            transaction.setMarker(owner.place(), null);
            transaction.commit();
        }
    }

    /** One of its writers. */
    static final class Shelf implements TransactionalPartition<String>, ReleasablePartition {

        private final Archive.Client archive;

        Shelf(Archive.Client archive) {
            this.archive = archive;
        }

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            try (var transaction = archive.begin()) {
                Marker found = transaction.marker(owner.place());
                transaction.setMarker(owner.place(), owner.takeOver(found));
                transaction.commit();
                return found;
            }
        }

        @Override
        public @Nullable Marker look(Owner owner) throws Exception {
            try (var transaction = archive.begin()) {
                return transaction.marker(owner.place());
            }
        }

        @Override
        public void release(Owner owner, Marker claimed, @Nullable Marker before) throws Exception {
            try (var transaction = archive.begin()) {
                if (claimed.equals(transaction.marker(owner.place()))) {
                    transaction.setMarker(owner.place(), before);
                    transaction.commit();
                }
            }
        }

        @Override
        public void apply(Commit commit, List<String> documents) throws Exception {
            String place = commit.owner().place();
            try (var transaction = archive.begin()) {
                commit.check(transaction.marker(place));
                documents.forEach(transaction::add);
                transaction.setMarker(place, commit.marker());
                transaction.commit();
            }
        }
    }
}
// endregion
