package dev.waxwing.embedded.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.embedded.link.DropLink;
import dev.waxwing.embedded.link.PartitionThreads;
import dev.waxwing.embedded.link.Patience;
import dev.waxwing.embedded.link.SourceLink;
import dev.waxwing.embedded.link.StepSite;
import dev.waxwing.plan.CoreOperator;
import dev.waxwing.plan.CoreStep;
import dev.waxwing.source.SourceStatus;
import dev.waxwing.source.StatelessSourcePartition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StageTest {

    private final List<String> log = new ArrayList<>();

    @Test
    void aRunDoesOneSliceAndTakesNeitherInputNorMarksBeforeTheLast() {
        SourceStage stage = reading();
        int[] left = {3};
        stage.defer(
                () -> {
                    log.add("slice");
                    return --left[0] == 0;
                });
        stage.mark(() -> log.add("mark"));

        assertThat(stage.run()).isTrue();
        assertThat(log).containsExactly("slice");
        assertThat(stage.dueMillis()).isEqualTo(Long.MIN_VALUE);
        stage.run();
        assertThat(log).containsExactly("slice", "slice");
        stage.run();
        assertThat(log).containsExactly("slice", "slice", "slice", "mark", "read");
    }

    private SourceStage reading() {
        var worker =
                new Worker(
                        0,
                        1,
                        0,
                        0,
                        Clock.system(),
                        new HandEpochs(),
                        new PartitionThreads(new Patience()),
                        () -> {});
        var stage = new SourceStage(worker, 1, null, false);
        var step =
                new CoreStep(
                        0,
                        "flow.in",
                        "flow.in",
                        new CoreOperator.Redistribute(),
                        false,
                        List.of(),
                        null);
        var site = new StepSite(step, worker, stage);
        var chain = new DropLink(site);
        var driver =
                new PlainSourceDriver(
                        new SourceLink(new SourceLink.Parts(chain, null, site, site.counts())));
        stage.start(chain, site, driver, driver);
        StatelessSourcePartition<Object> partition =
                out -> {
                    log.add("read");
                    return SourceStatus.ENDED;
                };
        stage.add("part", null, partition);
        return stage;
    }
}
