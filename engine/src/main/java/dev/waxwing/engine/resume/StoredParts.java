package dev.waxwing.engine.resume;

import dev.waxwing.engine.compile.RestoredState;
import dev.waxwing.engine.compile.StateIds;
import dev.waxwing.engine.delivery.DeliveryKey;
import dev.waxwing.engine.delivery.DeliveryPart;
import dev.waxwing.engine.delivery.ItemCoding;
import dev.waxwing.engine.delivery.OutboxEntry;
import dev.waxwing.engine.delivery.Prepared;
import dev.waxwing.engine.delivery.Progress;
import dev.waxwing.engine.delivery.Work;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.recovery.codec.SchemaVerdict;
import dev.waxwing.recovery.codec.Schemas;
import dev.waxwing.recovery.codec.StateCodec;
import dev.waxwing.recovery.codec.StateReader;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.step.DataflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stored state of the partitions of an epoch sink, of those here and of those that are gone. */
final class StoredParts {

    private final CoreStep step;
    private final Map<String, List<Work.Stored>> works = new HashMap<>();
    private final Map<String, Progress> progress = new HashMap<>();
    private final @Nullable ItemCoding items;

    /**
     * @throws DataflowException if stored items cannot be read as today's type
     */
    StoredParts(CoreStep step, EpochSink<?> sink, RestoredState state, Encodings encodings) {
        this.step = step;
        for (RestoredState.Entry entry : state.entries(StateIds.deliveries(step))) {
            DeliveryKey key = (DeliveryKey) entry.key();
            works.computeIfAbsent(key.partition(), name -> new ArrayList<>())
                    .add(new Work.Stored(key, entry.value()));
        }
        for (RestoredState.Entry entry : state.entries(StateIds.partitions(step))) {
            progress.put((String) entry.key(), (Progress) entry.value());
        }
        items =
                sink.contract() == SinkContract.TWO_PHASE
                        ? null
                        : items(encodings.itemCodec(step, sink), encodings.schemas());
    }

    CoreStep step() {
        return step;
    }

    /** How items are kept, or null if partitions stage them themselves. */
    @Nullable ItemCoding items() {
        return items;
    }

    /** How far a partition had come; the beginning if nothing is stored of it. */
    Progress progress(String part) {
        return progress.getOrDefault(part, new Progress(0, null));
    }

    /** All works, by partition. */
    Map<String, List<Work.Stored>> works() {
        return works;
    }

    /**
     * The works of a partition, in the order of epochs.
     *
     * @param part that has them to commit or to remove
     * @param name of the partition that has written them
     */
    List<Prepared> works(DeliveryPart part, String name) {
        TreeMap<Long, TreeMap<Integer, Object>> byEpoch = new TreeMap<>();
        for (Work.Stored each : works.getOrDefault(name, List.of())) {
            byEpoch.computeIfAbsent(each.key().epoch(), epoch -> new TreeMap<>())
                    .put(each.key().place(), each.value());
        }
        List<Prepared> prepared = new ArrayList<>();
        byEpoch.forEach(
                (epoch, values) ->
                        prepared.add(
                                new Prepared(part, name, epoch, List.copyOf(values.values()))));
        return prepared;
    }

    private ItemCoding items(StateCodec codec, Schemas schemas) {
        Map<Integer, StateReader> readers = new HashMap<>();
        SchemaChanges changes = new SchemaChanges();
        for (List<Work.Stored> each : works.values()) {
            for (Work.Stored entry : each) {
                int schema = ((OutboxEntry) entry.value()).schema();
                readers.computeIfAbsent(
                        schema, number -> reader(codec, schemas.schema(number), changes));
            }
        }
        changes.warn(
                "; if a component was renamed, stop, and run the dataflow as it was until they are"
                        + " committed");
        int today = schemas.schemaId(codec.schemaText());
        readers.put(today, reader(codec, codec.schemaText(), changes));
        return new ItemCoding(codec, today, readers);
    }

    private StateReader reader(StateCodec codec, String schemaText, SchemaChanges changes) {
        String subject = "items of step '" + step.userStep() + "' that are to be committed";
        SchemaVerdict verdict = codec.reader(schemaText);
        if (verdict instanceof SchemaVerdict.Compatible compatible) {
            return compatible.reader();
        }
        if (verdict instanceof SchemaVerdict.Adapted adapted) {
            changes.add(subject, adapted.changes());
            return adapted.reader();
        }
        throw new DataflowException(
                step.userStep(), ((SchemaVerdict.Incompatible) verdict).message(subject), null);
    }
}
