package dev.waxwing.engine.compile;

import dev.waxwing.engine.jit.ClassCopies;
import dev.waxwing.engine.site.LateWarnings;
import dev.waxwing.engine.worker.Host;
import dev.waxwing.engine.worker.Worker;
import java.util.ArrayList;
import java.util.List;

/** Puts together the workers of an execution. */
public final class Assembly {

    private Assembly() {}

    /** Makes all workers, connected by their edges, not yet open. */
    public static List<Worker> workers(RunSetup setup, Host host) {
        Shape shape = setup.shape();
        StageLayout layout = new StageLayout(setup.plan(), shape.workers(), setup.parts());
        ClassCopies copies = new ClassCopies(shape.chains().copied());
        LateWarnings warnings = new LateWarnings();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < shape.workers(); i++) {
            Worker worker = new Worker(i, setup.beginning(), host);
            LinkMaker maker = new LinkMaker(setup, worker, copies, warnings);
            new WorkerCompiler(setup, layout, worker, copies, maker).compile();
            workers.add(worker);
        }
        return workers;
    }
}
