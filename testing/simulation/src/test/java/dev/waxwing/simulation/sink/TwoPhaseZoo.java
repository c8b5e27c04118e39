package dev.waxwing.simulation.sink;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Outcome;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.TwoPhasePartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory of pieces, staged and visible, and a sink that makes one mistake. */
final class TwoPhaseZoo implements SinkSubject<String> {

    private final Mistake mistake;
    private final Map<String, List<String>> staged = new LinkedHashMap<>();
    private final Map<String, List<String>> visible = new LinkedHashMap<>();

    /** What the disk would not have after a loss of power, by name. */
    private final Set<String> unforced = new LinkedHashSet<>();

    TwoPhaseZoo(Mistake mistake) {
        this.mistake = mistake;
    }

    /** What is done wrong, and which oracle finds it. */
    enum Mistake {
        NONE(null),
        /** What an epoch has written is shown when it is prepared. */
        COMMITS_AT_THE_BARRIER(Oracle.DECIDED_FIRST),
        /** What comes after prepare goes into what was prepared. */
        WRITES_ON_AFTER_PREPARE(Oracle.DECIDED_FIRST),
        /** What was prepared is prepared again with the next epoch. */
        PREPARES_AGAIN(Oracle.EXACTLY_ONCE),
        /** At start all that is staged is removed, decided or not. */
        ABORTS_WHAT_WAS_DECIDED(Oracle.RECOVERY_ENDS),
        /** At start what was staged long ago is removed, decided or not. */
        SWEEPS_BY_AGE(Oracle.RECOVERY_ENDS),
        /** At start nothing is removed. */
        SWEEPS_NOTHING(Oracle.NO_GARBAGE),
        /** A piece that is nowhere counts as committed before. */
        UNKNOWN_MEANS_COMMITTED(Oracle.COMMITTED_STAYS),
        /** A piece that was committed before counts as lost. */
        COMMITTED_MEANS_LOST(Oracle.RECOVERY_ENDS),
        /** A piece is not forced to the disk before its epoch is decided. */
        STAGES_WITHOUT_FORCE(Oracle.RECOVERY_ENDS),
        /** A piece is renamed, and its directory is not forced. */
        RENAMES_WITHOUT_FORCE(Oracle.COMMITTED_STAYS),
        /** Pieces are named by a counter that begins anew. */
        NAMES_FROM_COUNTERS(Oracle.COMMITTED_STAYS),
        /** A piece that is visible is written again, from what is left of it. */
        SECOND_COMMIT_EMPTIES(Oracle.COMMITTED_STAYS),
        /** What fits into the buffer is not staged before there is more. */
        FORGETS_THE_BUFFER(Oracle.ACKNOWLEDGED_LAST),
        /** A commit that has failed is logged, and counts as committed. */
        SWALLOWS_A_FAILED_COMMIT(Oracle.COMMITTED_STAYS),
        /** The newest piece is shown first. */
        REORDERS_PIECES(Oracle.ORDER),
        /** A piece is shown while it is being copied. */
        SHOWS_HALF_A_PIECE(Oracle.WHOLE_EPOCHS);

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
        List<SinkItem> items = new ArrayList<>();
        visible.values().forEach(all -> all.forEach(text -> items.add(SinkItem.parse(text))));
        return items;
    }

    @Override
    public List<String> garbage() {
        return List.copyOf(staged.keySet());
    }

    @Override
    public void onCrash(CrashKind kind) {
        if (kind == CrashKind.POWER_LOST) {
            for (String name : unforced) {
                staged.remove(name);
                visible.remove(name);
            }
        }
        unforced.clear();
    }

    private final class ZooSink implements EpochSink<String> {

        private static final long serialVersionUID = 1L;

        private final TargetFaults faults;

        ZooSink(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public List<String> listParts() {
            return List.of("a", "b");
        }

        @Override
        public TwoPhasePartition<String, String> buildPart(String stepId, String forPart) {
            return new Partition(forPart, faults);
        }
    }

    private final class Partition implements TwoPhasePartition<String, String> {

        private final String part;
        private final TargetFaults faults;
        private List<String> open = new ArrayList<>();
        private long generation;
        private int count;

        Partition(String part, TargetFaults faults) {
            this.part = part;
            this.faults = faults;
        }

        @Override
        public @Nullable Marker claim(Owner owner) {
            generation = owner.generation();
            return null;
        }

        @Override
        public void writeBatch(List<String> items) throws Exception {
            faults.at("write.before");
            open.addAll(items);
        }

        @Override
        public List<String> prepare(long epoch) throws Exception {
            faults.at("prepare.before");
            if (mistake == Mistake.FORGETS_THE_BUFFER && open.size() < 3) {
                return List.of();
            }
            String name =
                    mistake == Mistake.NAMES_FROM_COUNTERS
                            ? part + "/" + ++count
                            : part + "/" + epoch + "/" + generation;
            staged.put(name, open);
            if (mistake == Mistake.STAGES_WITHOUT_FORCE
                    || mistake == Mistake.UNKNOWN_MEANS_COMMITTED) {
                unforced.add(name);
            }
            switch (mistake) {
                case COMMITS_AT_THE_BARRIER -> visible.put(name, open);
                case PREPARES_AGAIN -> open = new ArrayList<>(open);
                case WRITES_ON_AFTER_PREPARE -> {}
                default -> open = new ArrayList<>();
            }
            faults.at("prepare.after");
            return List.of(name);
        }

        @Override
        public Outcome commit(String name) throws Exception {
            try {
                faults.at("commit.before");
                Outcome outcome = show(name);
                faults.at("commit.after");
                return outcome;
            } catch (IOException e) {
                if (mistake == Mistake.SWALLOWS_A_FAILED_COMMIT) {
                    return Outcome.committed();
                }
                throw e;
            }
        }

        private Outcome show(String name) throws Exception {
            if (visible.containsKey(name) && mistake != Mistake.COMMITS_AT_THE_BARRIER) {
                if (mistake == Mistake.SECOND_COMMIT_EMPTIES) {
                    visible.put(name, List.of());
                }
                return mistake == Mistake.COMMITTED_MEANS_LOST
                        ? Outcome.lost(name + " is not staged")
                        : Outcome.alreadyCommitted();
            }
            List<String> items = staged.remove(name);
            if (items == null) {
                return mistake == Mistake.UNKNOWN_MEANS_COMMITTED
                        ? Outcome.alreadyCommitted()
                        : Outcome.lost(name + " is not staged");
            }
            unforced.remove(name);
            if (mistake == Mistake.SHOWS_HALF_A_PIECE) {
                visible.put(name, items.subList(0, items.size() / 2));
                faults.at("commit.middle");
            }
            if (mistake == Mistake.REORDERS_PIECES) {
                Map<String, List<String>> older = new LinkedHashMap<>(visible);
                visible.clear();
                visible.put(name, items);
                visible.putAll(older);
            }
            visible.put(name, items);
            if (mistake == Mistake.RENAMES_WITHOUT_FORCE) {
                unforced.add(name);
            }
            return Outcome.committed();
        }

        @Override
        public void abortBeyond(long epoch) throws Exception {
            faults.at("abort.before");
            staged.keySet().removeIf(name -> name.startsWith(part + "/") && isSwept(name, epoch));
        }

        private boolean isSwept(String name, long epoch) {
            return switch (mistake) {
                case SWEEPS_NOTHING -> false;
                case ABORTS_WHAT_WAS_DECIDED -> true;
                case SWEEPS_BY_AGE -> epochOf(name) != epoch;
                default -> epochOf(name) > epoch;
            };
        }

        private static long epochOf(String name) {
            return Long.parseLong(name.split("/", -1)[1]);
        }
    }
}
