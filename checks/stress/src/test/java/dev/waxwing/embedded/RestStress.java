package dev.waxwing.embedded;

import dev.waxwing.engine.channel.Mark;
import dev.waxwing.engine.channel.Receiver;
import dev.waxwing.engine.channel.Sender;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A worker that rests with no end in sight until there is work, and nobody but the sender wakes it.
 * One that is not woken never ends, and neither does the test: that is found by its limit of time.
 */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "woken, or never at rest")
@Outcome(expect = Expect.FORBIDDEN, desc = "left without its work")
@State
public class RestStress {

    private static final long FLIGHT_NANOS = 50_000_000;

    private final Parker worker = new Parker();
    private final Sender edge = new Sender(2, 1, worker, () -> {});
    private final Receiver receiver = new Receiver(edge, FLIGHT_NANOS);

    @Actor
    public void rest(Z_Result result) {
        worker.own();
        worker.running();
        while (!receiver.hasMore()) {
            worker.rest(Long.MAX_VALUE, 0);
            worker.running();
        }
        result.r1 = receiver.poll(0) instanceof Mark.End;
    }

    @Actor
    public void wake() {
        edge.mark(new Mark.End());
    }
}
