package dev.waxwing.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.site.Boxed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both queues of a stateful step give the cells that a map of times gives, and keep no other. */
final class TimerQueueTest {

    private static final int ACTIONS = 50_000;
    private static final int CELLS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void cellsAreTakenWhenTheirTimeHasCome(long seed) {
        var queue = new TimerQueue();

        compare(
                seed,
                new Queue() {
                    @Override
                    public void schedule(Cell cell, long time) {
                        queue.schedule(cell, time);
                    }

                    @Override
                    public void remove(Cell cell) {
                        queue.remove(cell);
                    }

                    @Override
                    public long first() {
                        return queue.firstMillis();
                    }

                    @Override
                    public @Nullable Cell takeDue(long now) {
                        return queue.takeDue(now);
                    }

                    @Override
                    public int size() {
                        return queue.size();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void cellsAreTakenWhenTheirWatermarkHasCome(long seed) {
        var queue = new WatermarkQueue();

        compare(
                seed,
                new Queue() {
                    @Override
                    public void schedule(Cell cell, long time) {
                        queue.schedule(cell, time);
                    }

                    @Override
                    public void remove(Cell cell) {
                        queue.remove(cell);
                    }

                    @Override
                    public long first() {
                        return queue.firstMicros();
                    }

                    @Override
                    public @Nullable Cell takeDue(long now) {
                        return queue.takeDue(now);
                    }

                    @Override
                    public int size() {
                        return queue.size();
                    }
                });
    }

    @Test
    void queueThatWasLongIsShortAgain() {
        var queue = new TimerQueue();
        List<Cell> cells = new ArrayList<>();
        for (var i = 0; i < 100_000; i++) {
            var cell = new Cell(i, Boxed.rest(1L), i);
            cells.add(cell);
            queue.schedule(cell, 3_600_000 + i % 1_000);
        }

        cells.forEach(queue::remove);

        assertThat(queue.size()).isZero();
        assertThat(queue.capacity()).isLessThanOrEqualTo(128);
    }

    private static void compare(long seed, Queue queue) {
        var random = new Random(seed);
        List<Cell> cells = new ArrayList<>();
        for (var i = 0; i < CELLS; i++) {
            cells.add(new Cell(i, Boxed.rest(1L), i));
        }
        Map<Cell, Long> model = new HashMap<>();
        long now = 0;
        for (var i = 0; i < ACTIONS; i++) {
            var cell = cells.get(random.nextInt(CELLS));
            switch (random.nextInt(10)) {
                case 0 -> {
                    queue.remove(cell);
                    model.remove(cell);
                }
                case 1 -> {
                    queue.schedule(cell, Long.MAX_VALUE);
                    model.remove(cell);
                }
                case 2 -> {
                    now += random.nextInt(40);
                    takeAll(seed, queue, model, now);
                }
                default -> {
                    var time = now + random.nextInt(1 + random.nextInt(2_000)) - 5;
                    queue.schedule(cell, time);
                    model.put(cell, time);
                }
            }
            assertThat(queue.size()).as("seed %d, action %d", seed, i).isEqualTo(model.size());
            assertThat(queue.first())
                    .as("seed %d, action %d", seed, i)
                    .isLessThanOrEqualTo(first(model));
        }
        takeAll(seed, queue, model, Long.MAX_VALUE - 1);
        assertThat(model).as("seed %d", seed).isEmpty();
        assertThat(queue.first()).isEqualTo(Long.MAX_VALUE);
    }

    private static long first(Map<Cell, Long> model) {
        return model.values().stream().mapToLong(time -> time).min().orElse(Long.MAX_VALUE);
    }

    private static void takeAll(long seed, Queue queue, Map<Cell, Long> model, long now) {
        Cell cell;
        while ((cell = queue.takeDue(now)) != null) {
            assertThat(model.remove(cell)).as("seed %d", seed).isNotNull().isLessThanOrEqualTo(now);
        }
        assertThat(first(model)).as("seed %d", seed).isGreaterThan(now);
    }

    private interface Queue {

        void schedule(Cell cell, long time);

        void remove(Cell cell);

        long first();

        @Nullable Cell takeDue(long now);

        int size();
    }
}
