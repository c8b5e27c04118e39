package dev.waxwing.engine.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A sender says that it waits for a full ring while the receiver takes one mark: a store and a load
 * on each side. Marks, since a batch is counted by a volatile write between the two.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "waits, and is woken")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "found room, and is woken")
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "found room")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "waits, and nobody wakes it")
@State
public class FullRingStress {

    private final Wakes sender = new Wakes();
    private final Sender edge = new Sender(2, 1, () -> {}, sender);

    public FullRingStress() {
        Marks.fill(edge);
    }

    @Actor
    public void send(ZZ_Result result) {
        result.r1 = edge.isBlocked();
    }

    @Actor
    public void receive() {
        edge.poll();
    }

    @Arbiter
    public void look(ZZ_Result result) {
        result.r2 = sender.any();
    }
}
