package dev.waxwing.jdbc;

import dev.waxwing.sink.Commit;
import dev.waxwing.sink.Owner;
import dev.waxwing.sink.TransactionalPartition;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** An open writer of a sink, driven by hand. */
final class Writing<X> implements AutoCloseable {

    private static final AtomicLong GENERATION = new AtomicLong();

    private final TransactionalPartition<X> partition;
    private final Owner owner;
    private long epoch;

    private Writing(TransactionalPartition<X> partition, Owner owner) {
        this.partition = partition;
        this.owner = owner;
    }

    /** Opens the first writer and claims its marker, as a new execution of the same store. */
    static <X> Writing<X> of(JdbcSink<X> sink) throws Exception {
        sink.listParts();
        Owner owner =
                new Owner(
                        new UUID(7, 7),
                        GENERATION.incrementAndGet(),
                        UUID.randomUUID(),
                        found -> true,
                        false,
                        "flow",
                        "flow.out",
                        "writer-0");
        TransactionalPartition<X> partition = sink.buildPart("flow.out", "writer-0");
        partition.claim(owner);
        return new Writing<>(partition, owner);
    }

    /** Writes items by a sink that is opened just for that. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <X> void write(JdbcSink<X> sink, X... items) throws Exception {
        try (Writing<X> writing = of(sink)) {
            writing.apply(List.of(items));
        }
    }

    /** Commits items as the next epoch. */
    void apply(List<X> items) throws Exception {
        partition.apply(new Commit(++epoch, owner), items);
    }

    @Override
    public void close() throws Exception {
        partition.close();
    }
}
