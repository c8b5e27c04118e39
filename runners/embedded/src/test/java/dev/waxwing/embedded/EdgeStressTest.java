package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.engine.channel.Batch;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two threads at an edge, each of which rests when it has nothing to do and is woken by the other
 * alone: a wake-up that is lost is a thread that rests for ever.
 */
final class EdgeStressTest {

    private static final int RING_BATCHES = 2;
    private static final int BATCH_ITEMS = 1;

    private final Side left = new Side("left");
    private final Side right = new Side("right");
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @AfterEach
    void endBoth() {
        left.thread.interrupt();
        right.thread.interrupt();
    }

    @Test
    void everyItemOfASenderThatIsOftenBlockedComesInOrder() throws Exception {
        int items = 500_000;
        Sender sender = edge(left, right);
        Receiver receiver = new Receiver(sender, 50_000_000);

        left.start(
                () -> {
                    for (int i = 0; i < items; i++) {
                        sender.add(null, i);
                        left.restWhile(sender::isBlocked);
                    }
                });
        right.start(
                () -> {
                    for (int i = 0; i < items; i++) {
                        assertThat(right.next(receiver)).isEqualTo(i);
                    }
                });

        awaitBoth();
    }

    @Test
    void everyItemIsAnsweredThoughBothSidesRestInBetween() throws Exception {
        int rounds = 200_000;
        Sender there = edge(left, right);
        Sender back = edge(right, left);
        Receiver questions = new Receiver(there, 50_000_000);
        Receiver answers = new Receiver(back, 50_000_000);

        left.start(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        there.add(null, i);
                        assertThat(left.next(answers)).isEqualTo(i);
                    }
                });
        right.start(
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        back.add(null, right.next(questions));
                    }
                });

        awaitBoth();
    }

    private static Sender edge(Side from, Side to) {
        return new Sender(RING_BATCHES, BATCH_ITEMS, to.parker, from.parker);
    }

    private void awaitBoth() throws InterruptedException {
        for (Side side : new Side[] {left, right}) {
            side.thread.join(Runs.LIMIT.toMillis());
            assertThat(failure.get()).isNull();
            assertThat(side.thread.isAlive()).as(side.thread.getName() + " rests").isFalse();
        }
    }

    private interface Wait {
        boolean goesOn();
    }

    /** A thread as a worker has it. */
    private final class Side {

        private final Parker parker = new Parker();
        private Thread thread;
        private final String name;

        Side(String name) {
            this.name = name;
        }

        void start(Runnable body) {
            thread =
                    new Thread(
                            () -> {
                                parker.own();
                                try {
                                    body.run();
                                } catch (Throwable thrown) {
                                    failure.compareAndSet(null, thrown);
                                }
                            },
                            name);
            thread.setDaemon(true);
            thread.start();
        }

        void restWhile(Wait wait) {
            while (!Thread.currentThread().isInterrupted()) {
                parker.running();
                if (!wait.goesOn()) {
                    return;
                }
                parker.rest(Long.MAX_VALUE, 0);
            }
        }

        Object next(Receiver receiver) {
            Object[] found = new Object[1];
            restWhile(() -> (found[0] = receiver.poll(System.nanoTime())) == null);
            return found[0] instanceof Batch batch ? batch.value(0) : found[0];
        }
    }
}
