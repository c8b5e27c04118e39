package dev.waxwing.recovery.store;

import dev.waxwing.recovery.page.PageConsumer;
import dev.waxwing.recovery.page.StateId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Looks at a store without changing it, also while an execution writes to it. Confined to one
 * thread.
 *
 * <p>Shows the store as it was when this was opened. Every method throws {@link
 * dev.waxwing.recovery.RecoveryException} if the store cannot be read.
 */
public interface StoreReader extends AutoCloseable {

    /** The dataflow that the store belongs to. */
    String dataflowName();

    /** Made with the store. */
    UUID lineage();

    /** Version of the store's layout. */
    int format();

    /** The epochs that are kept, oldest first. */
    List<EpochRecord> epochs();

    /** The newest decided epoch that was not rewound; 0 if there is none. */
    long decidedEpoch();

    /** The newest epoch that is done and was not rewound; 0 if there is none. */
    long doneEpoch();

    /**
     * The text of a schema that a page names.
     *
     * @throws dev.waxwing.recovery.RecoveryException if the store has no such schema
     */
    String schema(int id);

    /** As {@link RecoveryStore#restore}. */
    void restore(long epoch, PageConsumer consumer);

    /**
     * Reads everything and tells what is wrong.
     *
     * @return a sentence for each problem; empty if the store is sound
     */
    List<String> check();

    /**
     * The states that have entries as of an epoch, in the order of their names. Reads all of them.
     */
    default List<StateSummary> states(long epoch) {
        Map<StateId, StateSummary> summaries = new TreeMap<>();
        restore(
                epoch,
                page -> {
                    StateSummary summary =
                            new StateSummary(
                                    page.state(),
                                    schema(page.keySchema()),
                                    schema(page.valueSchema()),
                                    page.entries(),
                                    page.data().length);
                    summaries.merge(page.state(), summary, StateSummary::plus);
                });
        return List.copyOf(summaries.values());
    }

    @Override
    void close();
}
