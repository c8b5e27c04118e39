package dev.waxwing.embedded;

import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.ResettableSink;
import dev.waxwing.sink.TransactionalPartition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that remembers everything it is asked for, and notes what it is told to forget. */
final class Forgotten implements EpochSink<Integer>, ResettableSink {

    private static final long serialVersionUID = 1L;

    final transient List<String> places = new ArrayList<>();
    private final List<String> parts;

    Forgotten(List<String> parts) {
        this.parts = parts;
    }

    @Override
    public List<String> listParts() {
        return parts;
    }

    @Override
    public TransactionalPartition<Integer> buildPart(String stepId, String forPart) {
        throw new AssertionError("it is not started");
    }

    @Override
    public @Nullable String remembered(Owner owner) {
        return "something";
    }

    @Override
    public void forget(Owner owner) {
        places.add(owner.dataflow() + " " + owner.step() + " " + owner.partition());
    }
}
