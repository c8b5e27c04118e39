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
 * A worker looks for work once more before it rests, while another makes some and wakes it: a store
 * and a load on each side. It has been woken before, as a waker leaves one alone that was.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found, and looks again")
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "looks again")
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "rests, and there is work")
@State
public class LookStress {

    private static final long FLIGHT_NANOS = 50_000_000;

    private final Parker worker = new Parker();
    private final Sender edge = new Sender(2, 1, worker, () -> {});
    private final Receiver receiver = new Receiver(edge, FLIGHT_NANOS);

    public LookStress() {
        worker.wake();
    }

    @Actor
    public void rest(ZZ_Result result) {
        worker.running();
        result.r1 = receiver.poll(0) != null;
    }

    @Actor
    public void wake() {
        edge.mark(new Mark.End());
    }

    @Arbiter
    public void look(ZZ_Result result) {
        result.r2 = ParkerLooks.isNotified(worker);
    }
}
