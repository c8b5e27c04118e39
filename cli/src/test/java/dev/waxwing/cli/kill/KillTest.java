package dev.waxwing.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Counts the words of real text in a process that is killed again and again, and must end with what
 * an undisturbed count gives. Needs real time and real processes.
 */
final class KillTest {

    private static final long BYTES = 200L << 20;
    private static final int FILES = 6;
    private static final int KILLS = 30;
    private static final int KILLS_AFTER_AN_EPOCH = 22;

    @TempDir Path directory;

    @Test
    void c16_r18_countsAreExactHoweverOftenRunsAreKilled() throws Exception {
        long seed = Long.getLong("waxwing.seed", new Random().nextLong());
        System.out.println("kill test: seed " + seed);
        long begin = System.nanoTime();
        Path texts = Files.createDirectory(directory.resolve("texts"));
        RealText.write(texts, FILES, BYTES);
        Map<String, Long> truth = RealText.count(texts);
        long lines = RealText.linesIn(texts);
        List<String> parts = IntStream.range(0, FILES).mapToObj(i -> "text-" + i + ".txt").toList();

        KilledRuns runs = new KilledRuns(directory, new Random(seed), parts, lines);
        for (boolean afterAnEpoch : moments(new Random(seed))) {
            int left = KILLS - runs.kills();
            if (afterAnEpoch) {
                runs.killAfterAnEpoch(left);
            } else {
                runs.killAtAnyMoment(left);
            }
        }
        runs.complete();

        Map<String, Long> written = WrittenCounts.read(runs.counts());
        System.out.printf(
                "kill test: %d runs, %d kills, %d of them after a decided epoch of that run;"
                        + " %d bytes read, %d lines of %d again, %d bytes written; %d s, seed %d%n",
                runs.runs(),
                runs.kills(),
                runs.killsAfterAnEpoch(),
                RealText.bytesIn(texts),
                runs.linesReadAgain(),
                lines,
                RealText.bytesIn(runs.counts()),
                (System.nanoTime() - begin) / 1_000_000_000,
                seed);
        assertThat(written).isEqualTo(truth);
        assertThat(runs.killsAfterAnEpoch()).isGreaterThanOrEqualTo(20);
    }

    /* The first run always gets as far as an epoch, so that every other one has one to resume. */
    private static List<Boolean> moments(Random random) {
        List<Boolean> moments = new ArrayList<>();
        for (int kill = 1; kill < KILLS; kill++) {
            moments.add(kill < KILLS_AFTER_AN_EPOCH);
        }
        Collections.shuffle(moments, random);
        moments.add(0, true);
        return moments;
    }
}
