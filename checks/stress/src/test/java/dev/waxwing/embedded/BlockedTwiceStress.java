package dev.waxwing.embedded;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A worker looks twice whether its sender is blocked, as something else has woken it, while the
 * receiver takes all there is: the first wake-up must not use up the second.
 */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "found room, and looks again")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "found room")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "blocked, and looks again")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "rests, and the ring is empty")
@State
public class BlockedTwiceStress {

    private static final int MARKS = 6;
    private static final long FLIGHT_NANOS = 50_000_000;

    private final Parker worker = new Parker();
    private final Sender edge = new Sender(2, 1, () -> {}, worker);
    private final Receiver receiver = new Receiver(edge, FLIGHT_NANOS);

    public BlockedTwiceStress() {
        for (int i = 0; i < MARKS; i++) {
            edge.mark(new Mark.Barrier(i));
        }
        worker.running();
        edge.isBlocked();
    }

    @Actor
    public void send(ZZ_Result result) {
        worker.running();
        edge.isBlocked();
        worker.running();
        result.r1 = edge.isBlocked();
    }

    @Actor
    public void receive() {
        while (receiver.hasMore()) {
            receiver.poll(0);
        }
    }

    @Arbiter
    public void look(ZZ_Result result) {
        result.r2 = ParkerLooks.isNotified(worker);
    }
}
