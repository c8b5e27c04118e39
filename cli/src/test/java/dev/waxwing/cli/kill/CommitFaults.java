package dev.waxwing.cli.kill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.waxwing.cli.ChildJvm;
import dev.waxwing.cli.kill.FaultyProxy.Fate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Faults on the way to a database, of which commits have more than their share. In a storm bytes
 * are late, halved and lost by chance, so often and then no more; the answer to one commit can be
 * held back. Thread-safe.
 */
final class CommitFaults implements FaultyProxy.Faults {

    private static final String COMMIT = "COMMIT";
    private static final int FATES = 200;
    private static final int FATES_OF_COMMITS = 12;
    private static final int LATE_MILLIS_MAX = 30;
    private static final int POLL_MILLIS = 2;

    /* What is drawn: halved, lost, late; of commits unanswered, too; of all else nothing happens. */
    private static final int HALVED = 0;
    private static final int LOST = 1;
    private static final int LATE = 2;
    private static final int UNANSWERED = 3;
    private static final int CALM = 4;

    private final Random random;
    private final CountDownLatch never = new CountDownLatch(1);

    // guarded by this
    private int faultsLeft;
    private int commitsLeft;
    private @Nullable HeldAnswer held;
    private int delays;
    private int unanswered;

    CommitFaults(Random random) {
        this.random = random;
    }

    /** The answer to a commit, which comes to nobody until it is released, and then is lost. */
    static final class HeldAnswer implements Hold {

        private final CountDownLatch came = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public List<String> jvmOptions() {
            return List.of();
        }

        @Override
        public boolean isReachedBy(ChildJvm process) throws InterruptedException {
            while (!came.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!process.isAlive()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void letGo() {
            released.countDown();
        }

        @Override
        public void close() {
            letGo();
        }
    }

    /** From now on there is a storm with at most so many faults. */
    synchronized void storm(int faultsMax) {
        faultsLeft = faultsMax;
    }

    /** Holds back the answer to the so-manieth commit from now on. */
    synchronized HeldAnswer holdAnswer(int commits) {
        commitsLeft = commits;
        held = new HeldAnswer();
        return held;
    }

    /** How often bytes were late. */
    synchronized int delays() {
        return delays;
    }

    /** How often a commit was made and its answer lost. */
    synchronized int unanswered() {
        return unanswered;
    }

    @Override
    public FaultyProxy.Wire connected() {
        return new CommitWire();
    }

    private synchronized @Nullable HeldAnswer commitHeld() {
        HeldAnswer due = --commitsLeft == 0 ? held : null;
        held = due == null ? held : null;
        return due;
    }

    private synchronized int draw(int fates) {
        int draw = faultsLeft > 0 ? random.nextInt(fates) : CALM;
        faultsLeft -= draw < CALM ? 1 : 0;
        return draw;
    }

    private Fate fate(int draw) throws InterruptedException {
        return switch (draw) {
            case HALVED -> Fate.HALVED;
            case LOST -> Fate.LOST;
            case LATE -> {
                int millis;
                synchronized (this) {
                    delays++;
                    millis = random.nextInt(LATE_MILLIS_MAX);
                }
                boolean opened = never.await(millis, TimeUnit.MILLISECONDS);
                assert !opened;
                yield Fate.PASSED;
            }
            default -> Fate.PASSED;
        };
    }

    private final class CommitWire implements FaultyProxy.Wire {

        private volatile @Nullable HeldAnswer holding;

        @Override
        public Fate ofRequest(byte[] bytes, int length) throws InterruptedException {
            if (!new String(bytes, 0, length, ISO_8859_1).contains(COMMIT)) {
                return fate(draw(FATES));
            }
            holding = commitHeld();
            int draw = holding == null ? draw(FATES_OF_COMMITS) : UNANSWERED;
            return draw == UNANSWERED ? Fate.UNANSWERED : fate(draw);
        }

        @Override
        public Fate ofReply(byte[] bytes, int length) throws InterruptedException {
            return fate(draw(FATES));
        }

        @Override
        public void answered() throws InterruptedException {
            synchronized (CommitFaults.this) {
                unanswered++;
            }
            HeldAnswer answer = holding;
            if (answer != null) {
                answer.came.countDown();
                answer.released.await();
            }
        }
    }
}
