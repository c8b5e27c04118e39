package dev.waxwing.engine.channel;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A receiver sees whole what it takes: how much a batch holds, and what is in an item and a key.
 */
@JCStressTest
@Outcome(id = "-1, -1, -1", expect = Expect.ACCEPTABLE, desc = "nothing has come")
@Outcome(id = "1, 7, 1", expect = Expect.ACCEPTABLE, desc = "a batch of one, and all that is in it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a batch without what is in it")
@State
public class ContentStress {

    /** What a user's item may be: nothing in it is final. */
    private static final class Item {
        int field;
    }

    private final Sender edge = new Sender(2, 1, () -> {}, () -> {});

    @Actor
    public void send() {
        Item key = new Item();
        key.field = 7;
        List<Object> value = new ArrayList<>(1);
        value.add(key);
        edge.add(key, value);
    }

    @Actor
    public void receive(III_Result result) {
        result.r1 = -1;
        result.r2 = -1;
        result.r3 = -1;
        if (edge.poll() instanceof Batch batch) {
            result.r1 = batch.size();
            result.r2 = batch.key(0) instanceof Item key ? key.field : 0;
            result.r3 = batch.value(0) instanceof List<?> list ? list.size() : 0;
        }
    }
}
