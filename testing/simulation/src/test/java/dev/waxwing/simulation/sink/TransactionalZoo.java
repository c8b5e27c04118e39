package dev.waxwing.simulation.sink;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ReleasablePartition;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.TransactionalPartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table with markers, and a sink that makes one mistake. */
final class TransactionalZoo implements SinkSubject<String> {

    private static final List<String> PARTS = List.of("a", "b");

    private final Mistake mistake;
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Marker> markers = new HashMap<>();

    TransactionalZoo(Mistake mistake) {
        this.mistake = mistake;
        PARTS.forEach(part -> rows.put(part, new ArrayList<>()));
    }

    /** What is done wrong, and which oracle finds it. */
    enum Mistake {
        NONE(null),
        /** The rows are committed, then the marker in a transaction of its own. */
        MARKER_AFTER_THE_ROWS(Oracle.EXACTLY_ONCE),
        /** The marker is committed, then the rows in a transaction of their own. */
        MARKER_BEFORE_THE_ROWS(Oracle.COMMITTED_STAYS),
        /** One marker for the step, not one for each partition. */
        MARKER_OF_THE_STEP(Oracle.ACKNOWLEDGED_LAST),
        /** The marker is kept in memory. */
        MARKER_IN_MEMORY(Oracle.RECOVERY_ENDS),
        /** The marker that is found is not compared when an epoch is written. */
        NO_FENCING(Oracle.FENCED),
        /** Generations are compared, owners are not. */
        FENCED_BY_GENERATION_ONLY(Oracle.FENCED),
        /** Generations are compared when a marker is taken over, and nothing else. */
        CLAIMS_BY_GENERATION_ONLY(Oracle.HALTS),
        /** A marker that must not be taken over is taken over all the same. */
        TAKES_OVER_WHATEVER_IS_FOUND(Oracle.HALTS),
        /** The marker is read, and later written, without a lock in between. */
        CLAIM_WITHOUT_A_LOCK(Oracle.EXACTLY_ONCE),
        /** A commit that has failed is logged, and counts as committed. */
        SWALLOWS_A_FAILED_COMMIT(Oracle.COMMITTED_STAYS),
        /** Rows that the target rejects are left out without a word. */
        DROPS_REJECTED_ROWS(Oracle.COMMITTED_STAYS),
        /** Rows go through a set, so that their order is another. */
        REORDERS_ROWS(Oracle.ORDER),
        /** The rows of an epoch are written in several transactions. */
        SEVERAL_TRANSACTIONS(Oracle.WHOLE_EPOCHS),
        /** Two epochs are written in one transaction, to have fewer of them. */
        MERGES_EPOCHS(Oracle.COMMITTED_STAYS),
        /** An epoch is written twice if its number is not the next one. */
        EXPECTS_EPOCHS_WITHOUT_GAPS(Oracle.RECOVERY_ENDS),
        /** What cannot be written is tried again within the call, rows and all. */
        RETRIES_WITHOUT_ROLLING_BACK(Oracle.EXACTLY_ONCE),
        /** A claim is not given back when the start is refused. */
        KEEPS_WHAT_IT_HAS_CLAIMED(Oracle.LEAVES_NOTHING),
        /** A claim is given back by removing the marker, whatever was there before. */
        RELEASES_BY_REMOVING(Oracle.LEAVES_NOTHING),
        /** What is looked at is taken over, and so found again as it was left. */
        CLAIMS_WHEN_IT_LOOKS(Oracle.LEAVES_NOTHING),
        /** A target that is to forget keeps its markers. */
        FORGETS_NOTHING(Oracle.LEAVES_NOTHING);

        final @Nullable Oracle caughtBy;

        Mistake(@Nullable Oracle caughtBy) {
            this.caughtBy = caughtBy;
        }
    }

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return new ZooSink(faults);
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return rows.values().stream().flatMap(List::stream).map(SinkItem::parse).toList();
    }

    @Override
    public Backup backUp() {
        Map<String, Marker> kept = new HashMap<>(markers);
        return () -> markers.putAll(kept);
    }

    private final class ZooSink implements EpochSink<String>, ResettableSink {

        private static final long serialVersionUID = 1L;

        private final TargetFaults faults;

        ZooSink(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public List<String> listParts() {
            return PARTS;
        }

        @Override
        public TransactionalPartition<String> buildPart(String stepId, String forPart) {
            return new Partition(forPart, faults);
        }

        @Override
        public @Nullable String remembered(Owner owner) {
            return markers.containsKey(owner.partition()) ? "a marker" : null;
        }

        @Override
        public void forget(Owner owner) {
            if (mistake != Mistake.FORGETS_NOTHING) {
                markers.remove(owner.partition());
            }
        }
    }

    private final class Partition implements TransactionalPartition<String>, ReleasablePartition {

        private final String part;
        private final String markerName;
        private final TargetFaults faults;
        private final Map<String, Marker> remembered;
        private final List<String> waiting = new ArrayList<>();

        Partition(String part, TargetFaults faults) {
            this.part = part;
            this.markerName = mistake == Mistake.MARKER_OF_THE_STEP ? "step" : part;
            this.faults = faults;
            this.remembered = mistake == Mistake.MARKER_IN_MEMORY ? new HashMap<>() : markers;
        }

        @Override
        public @Nullable Marker look(Owner owner) throws FencedException {
            Marker found = remembered.get(markerName);
            if (mistake == Mistake.CLAIMS_WHEN_IT_LOOKS) {
                remembered.put(markerName, owner.takeOver(found));
            }
            return found;
        }

        @Override
        public void release(Owner owner, Marker claimed, @Nullable Marker before) {
            if (!claimed.equals(remembered.get(markerName))
                    || mistake == Mistake.KEEPS_WHAT_IT_HAS_CLAIMED) {
                return;
            }
            if (before == null || mistake == Mistake.RELEASES_BY_REMOVING) {
                remembered.remove(markerName);
            } else {
                remembered.put(markerName, before);
            }
        }

        @Override
        public @Nullable Marker claim(Owner owner) throws Exception {
            faults.at("claim.before");
            Marker found = remembered.get(markerName);
            if (mistake == Mistake.CLAIM_WITHOUT_A_LOCK) {
                faults.at("claim.middle");
            }
            try {
                remembered.put(markerName, owner.takeOver(found));
            } catch (FencedException e) {
                boolean takesOver =
                        mistake == Mistake.TAKES_OVER_WHATEVER_IS_FOUND
                                || (mistake == Mistake.CLAIMS_BY_GENERATION_ONLY
                                        && found != null
                                        && found.generation() < owner.generation());
                if (!takesOver) {
                    throw e;
                }
                remembered.put(
                        markerName, new Commit(found == null ? 0 : found.epoch(), owner).marker());
            }
            faults.at("claim.after");
            return found;
        }

        @Override
        public void apply(Commit commit, List<String> given) throws Exception {
            try {
                faults.at("apply.before");
                checkOwner(commit);
                write(commit, wanted(given));
            } catch (IOException e) {
                if (mistake == Mistake.RETRIES_WITHOUT_ROLLING_BACK) {
                    write(commit, given);
                } else if (mistake != Mistake.SWALLOWS_A_FAILED_COMMIT) {
                    throw e;
                }
            }
            faults.at("apply.after");
        }

        private void checkOwner(Commit commit) throws FencedException {
            Marker found = remembered.get(markerName);
            switch (mistake) {
                case NO_FENCING -> {}
                case FENCED_BY_GENERATION_ONLY -> {
                    if (found == null || found.generation() != commit.owner().generation()) {
                        throw new FencedException("another generation");
                    }
                }
                default -> commit.check(found);
            }
        }

        private List<String> wanted(List<String> given) {
            List<String> wanted = new ArrayList<>(given);
            if (mistake == Mistake.DROPS_REJECTED_ROWS) {
                wanted.removeIf(row -> row.endsWith(":2"));
            } else if (mistake == Mistake.REORDERS_ROWS) {
                Collections.reverse(wanted);
            } else if (mistake == Mistake.MERGES_EPOCHS) {
                wanted.addAll(0, waiting);
                waiting.clear();
                if (wanted.size() < 3) {
                    waiting.addAll(wanted);
                    wanted.clear();
                }
            }
            return wanted;
        }

        private void write(Commit commit, List<String> wanted) throws Exception {
            List<String> table = rows.getOrDefault(part, List.of());
            switch (mistake) {
                case MARKER_AFTER_THE_ROWS, RETRIES_WITHOUT_ROLLING_BACK -> {
                    table.addAll(wanted);
                    faults.at("apply.middle");
                    remembered.put(markerName, commit.marker());
                }
                case MARKER_BEFORE_THE_ROWS -> {
                    remembered.put(markerName, commit.marker());
                    faults.at("apply.middle");
                    table.addAll(wanted);
                }
                case SEVERAL_TRANSACTIONS -> {
                    for (String row : wanted) {
                        table.add(row);
                        faults.at("apply.middle");
                    }
                    remembered.put(markerName, commit.marker());
                }
                case EXPECTS_EPOCHS_WITHOUT_GAPS -> {
                    Marker found = remembered.get(markerName);
                    if (found != null && found.epoch() > 0 && commit.epoch() != found.epoch() + 1) {
                        throw new IOException("epoch " + commit.epoch() + " is not the next");
                    }
                    faults.at("apply.middle");
                    table.addAll(wanted);
                    remembered.put(markerName, commit.marker());
                }
                default -> {
                    faults.at("apply.middle");
                    table.addAll(wanted);
                    remembered.put(markerName, commit.marker());
                }
            }
        }
    }
}
