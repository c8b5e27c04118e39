package dev.waxwing.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether a thread that looks for work rests, and is woken. */
@Timeout(60)
final class ParkerTest {

    private final Parker parker = new Parker();

    @Test
    void workThatIsMadeWhileTheOwnerLooksKeepsItFromResting() {
        parker.own();
        parker.running();

        parker.wake();

        parker.rest(Long.MAX_VALUE, 0);
    }

    @Test
    void ownerRestsUntilItIsWoken() throws InterruptedException {
        Thread owner =
                new Thread(
                        () -> {
                            parker.own();
                            parker.wake();
                            parker.running();
                            parker.rest(Long.MAX_VALUE, 0);
                        });
        owner.start();
        while (owner.getState() != Thread.State.WAITING) {
            assertThat(owner.isAlive()).isTrue();
            Thread.onSpinWait();
        }

        parker.wake();

        owner.join();
    }
}
