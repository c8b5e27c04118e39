package dev.waxwing.embedded.service;

import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.RestartPolicy;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.plan.Plan;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.recovery.RecoveryOptions.Resume;
import dev.waxwing.run.Execution;
import dev.waxwing.run.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runner {@code embedded}. */
public final class EmbeddedService implements Runner {

    private static final String NAME = "embedded";

    private static final String WORKERS = "workers";
    private static final String RESTARTS = "restarts";
    private static final String DIRECTORY = "recovery.directory";
    private static final String INTERVAL = "recovery.epoch-interval";
    private static final String RETENTION = "recovery.retention";
    private static final String REPLAY_FROM = "recovery.replay-from";
    private static final String CHANGED_PARTITIONS = "recovery.allow-changed-partitions";
    private static final String ADOPT = "recovery.adopt";
    private static final String DROP_STATE = "recovery.drop-state";
    private static final String TAKE_OVER = "recovery.take-over";

    private static final List<String> OF_RECOVERY =
            List.of(
                    INTERVAL,
                    RETENTION,
                    REPLAY_FROM,
                    CHANGED_PARTITIONS,
                    ADOPT,
                    DROP_STATE,
                    TAKE_OVER);
    private static final List<String> OTHERS = List.of(WORKERS, RESTARTS, DIRECTORY);

    /** Made by the service loader. */
    public EmbeddedService() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Execution start(Plan plan, Runner.Settings settings) {
        return Waxwing.start(plan, options(settings));
    }

    static EmbeddedOptions options(Runner.Settings settings) {
        settings.requireOnly(NAME, names());
        EmbeddedOptions options = EmbeddedOptions.defaults().withRecovery(recovery(settings));
        Integer workers = integer(settings, WORKERS);
        options = workers == null ? options : options.withWorkers(workers);
        Integer restarts = integer(settings, RESTARTS);
        return restarts == null ? options : options.withRestarts(RestartPolicy.upTo(restarts));
    }

    private static List<String> names() {
        return Stream.concat(OTHERS.stream(), OF_RECOVERY.stream()).toList();
    }

    private static @Nullable RecoveryOptions recovery(Runner.Settings settings) {
        String directory = settings.text(DIRECTORY);
        if (directory == null) {
            for (String name : OF_RECOVERY) {
                if (settings.has(name)) {
                    throw new IllegalArgumentException(
                            "setting '"
                                    + name
                                    + "' has no meaning without '"
                                    + DIRECTORY
                                    + "'; give both or none");
                }
            }
            return null;
        }
        RecoveryOptions recovery =
                RecoveryOptions.in(Path.of(directory)).withResume(resume(settings));
        Duration interval = settings.duration(INTERVAL);
        recovery = interval == null ? recovery : recovery.withEpochInterval(interval);
        Duration retention = settings.duration(RETENTION);
        return retention == null ? recovery : recovery.withRetention(retention);
    }

    private static Resume resume(Runner.Settings settings) {
        Long replayFrom = settings.number(REPLAY_FROM);
        Resume resume = replayFrom == null ? Resume.newest() : Resume.replay(replayFrom);
        resume = settings.flag(CHANGED_PARTITIONS) ? resume.withChangedParts() : resume;
        resume = settings.flag(ADOPT) ? resume.withAdoption() : resume;
        resume = settings.flag(TAKE_OVER) ? resume.withTakeOver() : resume;
        for (String stepId : settings.all(DROP_STATE)) {
            resume = resume.withDropped(stepId);
        }
        return resume;
    }

    private static @Nullable Integer integer(Runner.Settings settings, String name) {
        Long number = settings.number(name);
        if (number != null && number.intValue() != number) {
            throw new IllegalArgumentException(
                    "setting '" + name + "' must be a smaller number, but was " + number);
        }
        return number == null ? null : number.intValue();
    }
}
