package dev.waxwing.testing.operators;

import dev.waxwing.connector.BlockingPartition;
import dev.waxwing.source.FixedPartitionedSource;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source of one partition, each call of which does what a letter of a script says, and which
 * records when it was called: {@code i} emits the next number, {@code e} emits nothing, {@code f}
 * fails, {@code p} emits the next number and fails then, {@code .} ends. Fails for ever when the
 * script is over.
 */
final class FlakySource implements FixedPartitionedSource<Integer, Integer> {

    private static final long serialVersionUID = 1L;

    private final String script;
    private final boolean blocks;
    private final transient InstantSource clock;
    private final transient List<Instant> calls = Collections.synchronizedList(new ArrayList<>());

    private FlakySource(String script, boolean blocks, InstantSource clock) {
        this.script = script;
        this.blocks = blocks;
        this.clock = clock;
    }

    static FlakySource plain(SpecWorld world, String script) {
        return new FlakySource(script, false, world.clock());
    }

    static FlakySource blocking(SpecWorld world, String script) {
        return new FlakySource(script, true, world.clock());
    }

    int calls() {
        return calls.size();
    }

    /** The times between calls. */
    List<Duration> waits() {
        List<Duration> waits = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            waits.add(Duration.between(calls.get(i - 1), calls.get(i)));
        }
        return waits;
    }

    @Override
    public List<String> listParts() {
        return List.of("part");
    }

    @Override
    public StatefulSourcePartition<Integer, Integer> buildPart(
            String stepId, String forPart, @Nullable Integer resumeState) {
        int next = resumeState == null ? 0 : resumeState;
        return blocks ? new Blocking(next) : new Plain(next);
    }

    private class Plain implements StatefulSourcePartition<Integer, Integer> {

        private int next;

        Plain(int next) {
            this.next = next;
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super Integer> out) throws IOException {
            int call = calls.size();
            calls.add(clock.instant());
            char todo = call < script.length() ? script.charAt(call) : 'f';
            if (todo == '.') {
                return SourceStatus.ENDED;
            }
            if (todo == 'i' || todo == 'p') {
                out.emit(next++);
            }
            if (todo == 'f' || todo == 'p') {
                throw new IOException("call " + call + " fails");
            }
            return SourceStatus.OPEN;
        }

        @Override
        public Integer snapshot() {
            return next;
        }
    }

    private final class Blocking extends Plain implements BlockingPartition {

        Blocking(int next) {
            super(next);
        }
    }
}
