package dev.waxwing.benchmarks;

import dev.waxwing.Dataflow;
import dev.waxwing.source.SourceEmitter;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatefulSourcePartition;
import dev.waxwing.state.StateUpdate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** W2: lines, words, the running count of each word. */
final class WordCountLoad implements Load {

    private static final int BATCH_LINES = 100;

    private final String[] lines;

    WordCountLoad(int lineCount, int distinctWords) {
        lines = Words.lines(lineCount, distinctWords);
    }

    @Override
    public String name() {
        return "W2 word count";
    }

    @Override
    public int itemsPerPosition() {
        return Words.WORDS_A_LINE;
    }

    @Override
    public List<String> keysAt(long position) {
        return Arrays.asList(lines[(int) (position % lines.length)].split(" "));
    }

    @Override
    public Dataflow flow(Run run) {
        Dataflow flow = Dataflow.named("words");
        flow.input("lines", new LapSource<>(run, lap -> new Lines(lap, lines)))
                .flatMap("words", line -> Arrays.asList(line.split(" ")))
                .keyOn("word", word -> word)
                .statefulMap(
                        "count",
                        (@Nullable Long count, String word) -> {
                            Long next = count == null ? 1L : count + 1;
                            return StateUpdate.keep(next, next);
                        })
                .transform("tally", new KeyedTallyKernel(run));
        return flow;
    }

    @SuppressWarnings("StringSplitter") // no word is empty: the lines are made of words
    @Override
    public void byHand(Lap lap) {
        HandCounter counter = HandCounter.forLap(lap);
        long position = lap.first();
        while (position < lap.end()) {
            if (!lap.goesOn(position)) {
                counter.takeOthers();
                continue;
            }
            long end = lap.batchEnd(position, BATCH_LINES);
            for (long i = position; i < end; i++) {
                for (String word : lines[(int) (i % lines.length)].split(" ")) {
                    counter.count(word);
                }
            }
            counter.takeOthers();
            position = end;
        }
        lap.ends();
        counter.finish();
        lap.run().add(counter.tally());
    }

    /** The lines, again and again. */
    private static final class Lines implements StatefulSourcePartition<String, Long> {

        private final Lap lap;
        private final String[] lines;
        private long position;

        Lines(Lap lap, String[] lines) {
            this.lap = lap;
            this.lines = lines;
            this.position = lap.first();
        }

        @Override
        public SourceStatus nextBatch(SourceEmitter<? super String> out) {
            if (!lap.goesOn(position)) {
                return SourceStatus.OPEN;
            }
            long end = lap.batchEnd(position, BATCH_LINES);
            for (long i = position; i < end; i++) {
                out.emit(lines[(int) (i % lines.length)]);
            }
            position = end;
            if (position < lap.end()) {
                return SourceStatus.OPEN;
            }
            lap.ends();
            return SourceStatus.ENDED;
        }

        @Override
        public Long snapshot() {
            lap.snapshot(position);
            return position;
        }
    }
}
