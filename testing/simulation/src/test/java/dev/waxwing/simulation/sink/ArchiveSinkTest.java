package dev.waxwing.simulation.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Sink;
import dev.waxwing.testing.TargetFaults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the author of a sink writes; the guide takes its code from here. */
final class ArchiveSinkTest {

    // region subject
    /** The archive, for the kit. */
    static final class ArchiveSubject implements SinkSubject<String> {

        private final Archive archive = new Archive();

        @Override
        public Sink<String> sink(TargetFaults faults) {
            return new ArchiveSink(archive.connect(faults));
        }

        @Override
        public String item(SinkItem item) {
            return item.text();
        }

        @Override
        public List<SinkItem> committed() {
            return archive.documents().stream().map(SinkItem::parse).toList();
        }

        @Override
        public Backup backUp() {
            Map<String, Marker> markers = Map.copyOf(archive.markers());
            return () -> {
                archive.markers().clear();
                archive.markers().putAll(markers);
            };
        }
    }

    // endregion

    // region test
    @Test
    void keepsItsPromiseWhateverCrashes() {
        SinkReport report = SinkConformance.of("archive", ArchiveSubject::new).run();

        assertThat(report.unreached()).isEmpty();
    }

    // endregion

    @Test
    void writerIsFencedByRightThoughItsSuccessorDoesNotKnowThatItHasClaimed() {
        SinkConformance.of("archive", ArchiveSubject::new)
                .replay("seed=4 OLD_WRITER_WAKES#2 TIMEOUT_WITH_SUCCESS#2");
    }
}
