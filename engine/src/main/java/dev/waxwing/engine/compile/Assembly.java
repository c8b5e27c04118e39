package dev.waxwing.engine.compile;

import dev.waxwing.engine.channel.Signal;
import dev.waxwing.engine.delivery.Lanes;
import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.site.LateWarnings;
import dev.waxwing.engine.worker.Clock;
import dev.waxwing.engine.worker.EpochControl;
import dev.waxwing.engine.worker.Worker;
import java.util.ArrayList;
import java.util.List;

/** Puts together the workers of an execution. */
public final class Assembly {

    private Assembly() {}

    /**
     * Makes all workers, connected by their edges, not yet open.
     *
     * @param lanes where what may block is done
     * @param signals one for each worker
     */
    public static List<Worker> workers(
            RunSetup setup, Clock clock, EpochControl control, Lanes lanes, List<Signal> signals) {
        StageLayout layout = new StageLayout(setup.plan(), setup.workers(), setup.parts());
        Edges edges = new Edges(setup.ringBatches(), setup.batchItems(), signals);
        ClassCopies copies = new ClassCopies(setup.copyClasses());
        LateWarnings warnings = new LateWarnings();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < setup.workers(); i++) {
            Worker worker =
                    new Worker(
                            i,
                            setup.workers(),
                            setup.lastEpoch(),
                            setup.settledEpoch(),
                            setup.runningMillis(),
                            clock,
                            setup.pace(),
                            control,
                            lanes,
                            signals.get(i));
            LinkMaker maker = new LinkMaker(setup, worker, copies, signals.get(i), warnings);
            new WorkerCompiler(setup, layout, edges, worker, copies, maker).compile();
            workers.add(worker);
        }
        return workers;
    }
}
