package dev.waxwing.engine.delivery;

import dev.waxwing.run.check.StepChecks;
import dev.waxwing.sink.Outcome;
import dev.waxwing.step.DataflowException;
import dev.waxwing.step.DeliveryException;
import dev.waxwing.step.StepFailedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is told of commits that have failed. */
final class CommitFailures {

    private CommitFailures() {}

    static DataflowException threw(Decided work, Throwable thrown) {
        DeliveryPart part = work.part();
        return new StepChecks(part.step())
                .threw(
                        "committing epoch " + work.epoch() + " of partition '" + part.name() + "'",
                        thrown);
    }

    static DataflowException asked(Decided work, Outcome.Retry retry) {
        DeliveryPart part = work.part();
        return new StepChecks(part.step())
                .failed(
                        "the target of partition '"
                                + part.name()
                                + "' asked at every attempt to commit epoch "
                                + work.epoch()
                                + " later, the last time after "
                                + retry.after()
                                + "; the epoch stays in the recovery store: start again when the"
                                + " target is ready, or give the step a policy with more attempts",
                        null);
    }

    static DataflowException lost(Decided work, Outcome.Lost lost) {
        return stopped(
                work,
                ": what epoch "
                        + work.epoch()
                        + " has written is lost: "
                        + lost.reason()
                        + "; the epoch is decided and stays in the recovery store",
                null);
    }

    static DataflowException fenced(Decided work, Throwable fenced) {
        return stopped(
                work, " may not commit epoch " + work.epoch() + ": " + fenced.getMessage(), fenced);
    }

    /** One exception that names all sinks; what would not be helped by another start counts. */
    static DataflowException together(Collection<DataflowException> failures) {
        Map<String, DataflowException> bySink = new LinkedHashMap<>();
        failures.forEach(each -> bySink.putIfAbsent(String.valueOf(each.stepId()), each));
        List<DataflowException> all = new ArrayList<>(failures);
        DataflowException first =
                all.stream()
                        .filter(DeliveryException.class::isInstance)
                        .findFirst()
                        .orElse(all.get(0));
        if (all.size() == 1) {
            return first;
        }
        String message =
                bySink.size() == 1
                        ? String.valueOf(first.getMessage())
                        : bySink.size() + " sinks have failed; " + messages(bySink.values());
        DataflowException together =
                first instanceof DeliveryException
                        ? new DeliveryException(id(first), message, first.getCause())
                        : new StepFailedException(id(first), message, first.getCause());
        all.forEach(together::addSuppressed);
        return together;
    }

    private static String messages(Collection<DataflowException> failures) {
        return String.join(
                "; ", failures.stream().map(each -> String.valueOf(each.getMessage())).toList());
    }

    private static String id(DataflowException failure) {
        return String.valueOf(failure.stepId());
    }

    private static DeliveryException stopped(Decided work, String what, @Nullable Throwable cause) {
        DeliveryPart part = work.part();
        return new DeliveryException(part.step().userStep(), part.description() + what, cause);
    }
}
