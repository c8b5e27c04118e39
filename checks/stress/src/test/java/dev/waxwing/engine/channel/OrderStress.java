package dev.waxwing.engine.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A receiver takes from a full ring while its sender appends more than there is room for: each mark
 * comes once, in order, whether it waited in the overflow or not.
 */
@JCStressTest
@Outcome(id = "9", expect = Expect.ACCEPTABLE, desc = "all of them")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was lost, came twice or overtook")
@State
public class OrderStress {

    private static final int MARKS = 9;
    private static final int LOOKS = 4;

    private final Sender edge = new Sender(2, 1, () -> {}, () -> {});
    private int expected;
    private int disorder;

    public OrderStress() {
        Marks.fill(edge);
    }

    @Actor
    public void send() {
        Marks.send(edge, Marks.RING + 1, MARKS - 1);
        edge.isBlocked();
        Marks.send(edge, MARKS - 1, MARKS);
    }

    @Actor
    public void receive() {
        for (int i = 0; i < LOOKS; i++) {
            take();
        }
    }

    @Arbiter
    public void takeRest(I_Result result) {
        do {
            edge.isBlocked();
        } while (take());
        result.r1 = disorder != 0 ? -disorder : expected;
    }

    private boolean take() {
        Object next = edge.poll();
        if (next instanceof Mark.Barrier mark && mark.epoch() != expected) {
            disorder++;
        }
        if (next != null) {
            expected++;
        }
        return next != null;
    }
}
