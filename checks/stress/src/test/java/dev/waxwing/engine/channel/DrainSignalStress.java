package dev.waxwing.engine.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What has waited in the overflow is there when its signal is heard. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "neither")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "there before the signal")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "heard and there")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "heard, and nothing is there")
@State
public class DrainSignalStress {

    private volatile boolean heard;
    private final Sender edge = new Sender(2, 1, () -> heard = true, () -> {});

    public DrainSignalStress() {
        Marks.fill(edge);
        for (int i = 0; i < Marks.RING; i++) {
            edge.poll();
        }
        heard = false;
    }

    @Actor
    public boolean send() {
        return edge.isBlocked();
    }

    @Actor
    public void receive(ZZ_Result result) {
        result.r1 = heard;
        result.r2 = edge.poll() != null;
    }
}
