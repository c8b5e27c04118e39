package dev.waxwing.simulation.sink;

import dev.waxwing.sink.FixedPartitionedSink;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.StatefulSinkPartition;
import dev.waxwing.testing.TargetFaults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of lines that loses what was not forced, and a sink that makes one mistake. */
final class PositionZoo implements SinkSubject<String> {

    private static final String NOTHING = "nothing";

    private final Mistake mistake;
    private final List<String> file = new ArrayList<>();
    private int forced;

    PositionZoo(Mistake mistake) {
        this.mistake = mistake;
    }

    /** What is done wrong, and which oracle finds it. */
    enum Mistake {
        NONE(null),
        /** What is missing in the file is filled with nothing. */
        EXTENDS_A_SHORT_FILE(Oracle.EXACTLY_ONCE),
        /** It goes on where the file ends. */
        RESUMES_AT_THE_LENGTH(Oracle.EXACTLY_ONCE),
        /** It cuts one line less than it should. */
        CUTS_TOO_LITTLE(Oracle.EXACTLY_ONCE),
        /** It cuts one line more than it should. */
        CUTS_TOO_MUCH(Oracle.EXACTLY_ONCE),
        /** Lines are written when the file is closed. */
        BUFFERS_UNTIL_CLOSE(Oracle.EXACTLY_ONCE),
        /** Lines are never forced to the disk. */
        NEVER_FORCES(Oracle.RECOVERY_ENDS),
        /** The position is that of the batch before. */
        TELLS_AN_OLD_POSITION(Oracle.EXACTLY_ONCE),
        /** Its resume state is ignored. */
        STARTS_ANEW(Oracle.EXACTLY_ONCE),
        /** The last line of a batch goes before the others. */
        REORDERS_LINES(Oracle.ORDER);

        final @Nullable Oracle caughtBy;

        Mistake(@Nullable Oracle caughtBy) {
            this.caughtBy = caughtBy;
        }
    }

    @Override
    public Sink<String> sink(TargetFaults faults) {
        return new ZooSink();
    }

    @Override
    public String item(SinkItem item) {
        return item.text();
    }

    @Override
    public List<SinkItem> committed() {
        return file.stream().filter(line -> !line.equals(NOTHING)).map(SinkItem::parse).toList();
    }

    @Override
    public void onCrash(CrashKind kind) {
        if (kind == CrashKind.POWER_LOST) {
            file.subList(Math.min(forced, file.size()), file.size()).clear();
        }
    }

    private boolean forgetsToForce() {
        return mistake == Mistake.NEVER_FORCES || mistake == Mistake.EXTENDS_A_SHORT_FILE;
    }

    private final class ZooSink implements FixedPartitionedSink<Object, String, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public List<String> listParts() {
            return List.of("file");
        }

        @Override
        public StatefulSinkPartition<String, Integer> buildPart(
                String stepId, String forPart, @Nullable Integer resumeState) throws IOException {
            returnTo(resumeState == null ? 0 : resumeState);
            return new Partition();
        }

        private void returnTo(int position) throws IOException {
            int end =
                    switch (mistake) {
                        case RESUMES_AT_THE_LENGTH -> file.size();
                        case CUTS_TOO_LITTLE -> Math.min(position + 1, file.size());
                        case CUTS_TOO_MUCH -> Math.max(0, position - 1);
                        case STARTS_ANEW -> 0;
                        default -> position;
                    };
            while (end > file.size()) {
                if (mistake != Mistake.EXTENDS_A_SHORT_FILE
                        && mistake != Mistake.BUFFERS_UNTIL_CLOSE) {
                    throw new IOException("the file is too short");
                }
                file.add(NOTHING);
            }
            file.subList(end, file.size()).clear();
            forced = Math.min(forced, end);
        }
    }

    private final class Partition implements StatefulSinkPartition<String, Integer> {

        private final List<String> buffer = new ArrayList<>();
        private int before;
        private int position = file.size();

        @Override
        public void writeBatch(List<String> values) {
            before = position;
            position += values.size();
            List<String> lines = new ArrayList<>(values);
            if (mistake == Mistake.REORDERS_LINES) {
                lines.add(0, lines.remove(lines.size() - 1));
            }
            if (mistake == Mistake.BUFFERS_UNTIL_CLOSE) {
                buffer.addAll(lines);
            } else {
                file.addAll(lines);
            }
        }

        @Override
        public Integer snapshot() {
            return mistake == Mistake.TELLS_AN_OLD_POSITION ? before : position;
        }

        @Override
        public void force() {
            if (!forgetsToForce()) {
                forced = file.size();
            }
        }

        @Override
        public void close() {
            file.addAll(buffer);
        }
    }
}
