package dev.waxwing.engine.compile;

import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.site.LateWarnings;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Puts together the workers of an execution. */
public final class Assembly {

    private Assembly() {}

    /** Makes all workers, connected by their edges, not yet open. */
    public static List<Worker> workers(RunSetup setup, Host host) {
        Common common = new Common(setup);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < setup.shape().workers(); i++) {
            workers.add(common.worker(i, host, stage -> true));
        }
        return workers;
    }

    /**
     * Makes one worker that has some of the stages only, for a host that runs each elsewhere; edges
     * to and from the others are the host's.
     *
     * @param index of the worker among those with the same stages
     * @param stages whether it has a stage, which is named by the index of the step that begins it
     */
    public static Worker worker(RunSetup setup, Host host, int index, IntPredicate stages) {
        return new Common(setup).worker(index, host, stages);
    }

    /** The stages of a plan, each named by the index of the step that begins it, upstream first. */
    public static List<Integer> stages(RunSetup setup) {
        StageLayout layout = new StageLayout(setup.plan(), setup.shape(), setup.parts());
        return setup.plan().coreSteps().stream()
                .map(step -> layout.stageOf(step.index()))
                .distinct()
                .sorted()
                .toList();
    }

    /** What workers of one execution share. */
    private static final class Common {

        private final RunSetup setup;
        private final StageLayout layout;
        private final ClassCopies copies;
        private final LateWarnings warnings = new LateWarnings();

        Common(RunSetup setup) {
            this.setup = setup;
            layout = new StageLayout(setup.plan(), setup.shape(), setup.parts());
            copies = new ClassCopies(setup.shape().chains().copied());
        }

        Worker worker(int index, Host host, IntPredicate stages) {
            Worker worker = new Worker(index, setup.beginning(), host);
            LinkMaker maker = new LinkMaker(setup, worker, copies, warnings);
            new WorkerCompiler(setup, layout, stages, worker, copies, maker).compile();
            return worker;
        }
    }
}
