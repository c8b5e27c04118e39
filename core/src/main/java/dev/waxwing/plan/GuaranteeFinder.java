package dev.waxwing.plan;

import dev.waxwing.connector.Guarantee;
import dev.waxwing.plan.Plan.Guarantees;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.plan.core.Origin;
import dev.waxwing.sink.Sink;
import dev.waxwing.sink.SinkContract;
import dev.waxwing.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds what a plan promises: the weakest of source, steps and sink, on each way. */
final class GuaranteeFinder {

    private final Plan plan;

    GuaranteeFinder(Plan plan) {
        this.plan = plan;
    }

    Guarantees find() {
        List<Guarantees.Path> paths = new ArrayList<>();
        for (CoreStep step : plan.coreSteps()) {
            if (isEnd(step)) {
                SortedSet<Integer> above = new TreeSet<>();
                addAbove(step, above);
                for (int index : above) {
                    CoreStep from = plan.coreSteps().get(index);
                    Source<?> source = from.source();
                    if (source != null) {
                        paths.add(path(from, source, step, above));
                    }
                }
            }
        }
        return new Guarantees(paths);
    }

    /* A function that takes all items and passes none on is an end as a sink is. */
    private static boolean isEnd(CoreStep step) {
        return step.operator().endsDataflow() && !step.operator().emitsOneForEach();
    }

    private void addAbove(CoreStep step, SortedSet<Integer> above) {
        for (Origin up : step.ups()) {
            if (above.add(up.step())) {
                addAbove(plan.coreSteps().get(up.step()), above);
            }
        }
    }

    private Guarantees.Path path(
            CoreStep from, Source<?> source, CoreStep to, SortedSet<Integer> above) {
        Sink<?> sink = to.sink();
        SinkContract contract = sink == null ? SinkContract.AT_LEAST_ONCE : sink.contract();
        Guarantee least = contract.guarantee();
        String weakest = to.userStep();
        String reason =
                sink == null
                        ? "its function is called as items come, " + contract.inWords()
                        : "its sink is " + words(contract);
        if (source.guarantee().compareTo(least) < 0) {
            least = source.guarantee();
            weakest = from.userStep();
            reason = "its source " + words(least);
        }
        SortedSet<Integer> way = new TreeSet<>(above);
        way.add(to.index());
        for (int index : way) {
            CoreStep step = plan.coreSteps().get(index);
            if (Guarantee.AT_MOST_ONCE.compareTo(least) < 0 && dropsDeadLetters(step)) {
                least = Guarantee.AT_MOST_ONCE;
                weakest = step.userStep();
                reason = "nobody reads its dead letters";
            }
        }
        return new Guarantees.Path(from.userStep(), to.userStep(), least, weakest, reason);
    }

    private boolean dropsDeadLetters(CoreStep step) {
        if (!step.hasDeadLetters()) {
            return false;
        }
        Origin dead = new Origin(step.index(), step.deadLetterPort());
        return plan.coreSteps().stream().noneMatch(other -> other.ups().contains(dead));
    }

    private static String words(Guarantee ofSource) {
        return switch (ofSource) {
            case AT_MOST_ONCE -> "keeps no position to go back to";
            case AT_LEAST_ONCE -> "reads again what it does not know to be done";
            case EFFECTIVELY_ONCE -> "knows by ids what it has read before";
            case EXACTLY_ONCE -> "keeps its position";
        };
    }

    private static String words(SinkContract contract) {
        return switch (contract) {
            case AT_LEAST_ONCE -> "written as items come, " + contract.inWords();
            case BY_POSITION -> "written " + contract.inWords();
            case IDEMPOTENT, TRANSACTIONAL, TWO_PHASE -> contract.inWords();
        };
    }
}
