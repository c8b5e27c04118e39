package dev.waxwing.engine.jit;

import dev.waxwing.engine.channel.Batch;
import dev.waxwing.engine.channel.Budget;
import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.worker.InboxStage;
import dev.waxwing.internal.ClassConstant;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/** Drives a batch through a head that is a constant of the class; used in copies only. */
public final class ConstantBatchDriver implements InboxStage.BatchDriver {

    private static final Link HEAD =
            Objects.requireNonNull(ClassConstant.of(MethodHandles.lookup(), Link.class));

    public ConstantBatchDriver() {}

    @Override
    public int drive(Link head, Batch batch, int from, Budget budget) {
        int at = from;
        while (at < batch.size() && budget.allows(at)) {
            HEAD.push(batch.key(at), batch.value(at));
            at++;
        }
        return at;
    }
}
