package dev.waxwing.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An ordered store and a load on each side without a fence between: what lost a wake-up, if it were
 * so in the channels. {@link StressTest} requires that it is seen here, so that what is not seen
 * elsewhere says something.
 */
@JCStressTest
@Outcome(id = StoreLoadControl.BOTH_MISSED, expect = Expect.ACCEPTABLE_INTERESTING, desc = "lost")
@Outcome(expect = Expect.ACCEPTABLE, desc = "at least one has seen the other")
@State
public class StoreLoadControl {

    static final String BOTH_MISSED = "0, 0";

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();

    @Actor
    public void left(II_Result result) {
        left.lazySet(1);
        result.r1 = right.get();
    }

    @Actor
    public void right(II_Result result) {
        right.lazySet(1);
        result.r2 = left.get();
    }
}
