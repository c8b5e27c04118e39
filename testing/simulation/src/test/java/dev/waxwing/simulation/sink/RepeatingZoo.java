package dev.waxwing.simulation.sink;

import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StatelessSinkPartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target that takes everything, and a sink that makes one mistake. */
final class RepeatingZoo implements SinkSubject<String> {

    private final Mistake mistake;
    private final List<String> taken = new ArrayList<>();

    RepeatingZoo(Mistake mistake) {
        this.mistake = mistake;
    }

    /** What is done wrong, and which oracle finds it. */
    enum Mistake {
        NONE(null),
        /** What is in the buffer when the epoch ends is written later. */
        KEEPS_A_BUFFER_OVER_THE_EPOCH(Oracle.EXACTLY_ONCE),
        /** What is in the buffer when it is closed is forgotten. */
        FORGETS_THE_BUFFER_AT_CLOSE(Oracle.EXACTLY_ONCE),
        /** A failure is logged, and the items count as written. */
        SWALLOWS_A_FAILURE(Oracle.EXACTLY_ONCE),
        /** It writes what nobody gave it. */
        INVENTS_ITEMS(Oracle.EXACTLY_ONCE);

        final @Nullable Oracle caughtBy;

        Mistake(@Nullable Oracle caughtBy) {
            this.caughtBy = caughtBy;
        }
    }

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return new ZooSink(faults);
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return taken.stream().map(SinkItem::parse).toList();
    }

    private final class ZooSink implements DynamicSink<String> {

        private static final long serialVersionUID = 1L;

        private final TargetFaults faults;

        ZooSink(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public StatelessSinkPartition<String> build(
                String stepId, int workerIndex, int workerCount) {
            return new Partition(faults);
        }
    }

    private final class Partition implements StatelessSinkPartition<String> {

        private final TargetFaults faults;
        private final List<String> buffer = new ArrayList<>();

        Partition(TargetFaults faults) {
            this.faults = faults;
        }

        @Override
        public void writeBatch(List<String> items) throws Exception {
            boolean keeps =
                    mistake == Mistake.KEEPS_A_BUFFER_OVER_THE_EPOCH
                            || mistake == Mistake.FORGETS_THE_BUFFER_AT_CLOSE;
            buffer.addAll(items);
            if (keeps && buffer.size() < 4) {
                return;
            }
            try {
                faults.at("write.before");
                taken.addAll(buffer);
            } catch (IOException e) {
                if (mistake != Mistake.SWALLOWS_A_FAILURE) {
                    throw e;
                }
            }
            buffer.clear();
            if (mistake == Mistake.INVENTS_ITEMS) {
                taken.add("heartbeat:1");
            }
        }

        @Override
        public void onEndOfInput() {
            if (mistake == Mistake.KEEPS_A_BUFFER_OVER_THE_EPOCH) {
                taken.addAll(buffer);
                buffer.clear();
            }
        }
    }
}
