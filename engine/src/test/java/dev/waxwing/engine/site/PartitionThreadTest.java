package dev.waxwing.engine.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class PartitionThreadTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PartitionThread thread = HandThreads.lanes().open("test", "flow.test");
    private final CountDownLatch running = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean ranClosed = new AtomicBoolean();

    @Test
    void taskThatAsksForItselfAgainIsNotRunWhenItsPartitionIsClosed() {
        thread.run(this::runAgain);

        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    running.await();
                    thread.close(() -> closed.set(true), () -> {});
                });
        assertThat(closed).isTrue();
        assertThat(ranClosed).isFalse();
    }

    @Test
    void taskThatBlocksIsInterruptedAndThenItsPartitionIsClosed() {
        thread.run(this::block);

        assertTimeoutPreemptively(
                LIMIT,
                () -> {
                    running.await();
                    thread.close(
                            () -> {
                                closed.set(true);
                                ranClosed.set(Thread.currentThread().isInterrupted());
                            },
                            () -> {});
                });
        assertThat(closed).isTrue();
        assertThat(ranClosed).isFalse();
    }

    @Test
    void failureOfTheClosingIsThrown() {
        assertThatThrownBy(
                        () ->
                                thread.close(
                                        () -> {
                                            throw new IOException("gone");
                                        },
                                        () -> {}))
                .hasMessage("gone");
    }

    private void runAgain() {
        running.countDown();
        if (closed.get()) {
            ranClosed.set(true);
        }
        thread.run(this::runAgain);
    }

    private void block() {
        running.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
