package dev.waxwing.embedded;

import dev.waxwing.embedded.channel.Signal;
import dev.waxwing.embedded.compile.Assembly;
import dev.waxwing.embedded.compile.RunSetup;
import dev.waxwing.embedded.epoch.Coordinator;
import dev.waxwing.embedded.epoch.EpochStore;
import dev.waxwing.embedded.worker.Clock;
import dev.waxwing.embedded.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One try of an execution: its workers on threads, the coordinator on the thread that calls {@link
 * #run}.
 */
final class Attempt {

    private static final Clock CLOCK = Clock.system();
    private static final long GRACE_MILLIS = 200;

    private final String name;
    private final Coordinator coordinator;
    private final List<Worker> workers;
    private final List<Parker> parkers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Parker self = new Parker();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Attempt(RunSetup setup, EpochStore store, long epochMillis) {
        name = setup.plan().dataflowName();
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < setup.workers(); i++) {
            Parker parker = new Parker();
            parkers.add(parker);
            signals.add(parker);
        }
        coordinator =
                new Coordinator(
                        setup.lastEpoch(),
                        epochMillis,
                        setup.workers(),
                        CLOCK,
                        store,
                        signals,
                        self);
        workers = Assembly.workers(setup, CLOCK, coordinator, signals);
    }

    Coordinator coordinator() {
        return coordinator;
    }

    List<Worker> workers() {
        return workers;
    }

    /** Runs to the end; returns how it ended, or throws what made it fail. */
    Coordinator.Ending run() throws Throwable {
        self.own();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (int i = 0; i < workers.size(); i++) {
            int index = i;
            Thread thread = new Thread(() -> work(index), "waxwing " + name + " worker " + index);
            thread.setContextClassLoader(loader);
            thread.setDaemon(false);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        try {
            coordinate();
        } catch (Throwable thrown) {
            fail(thrown);
        }
        joinAll();
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        return java.util.Objects.requireNonNull(coordinator.ending());
    }

    private void coordinate() {
        while (!isOver()) {
            self.running();
            long due = coordinator.step();
            if (!isOver()) {
                self.rest(due, CLOCK.millis());
            }
        }
    }

    private void work(int index) {
        Worker worker = workers.get(index);
        Parker parker = parkers.get(index);
        parker.own();
        try {
            worker.open();
            while (!isOver()) {
                parker.running();
                long due = worker.step();
                if (!isOver()) {
                    parker.rest(due, CLOCK.millis());
                }
            }
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            /* An interrupt was meant for what the worker was doing. */
            Thread.interrupted();
            try {
                worker.close();
            } catch (Throwable thrown) {
                fail(thrown);
            }
        }
    }

    private boolean isOver() {
        return failure.get() != null || coordinator.ending() != null;
    }

    /* What users' code makes of the interrupts of an abort is no failure. */
    private void fail(Throwable thrown) {
        if (coordinator.ending() == Coordinator.Ending.ABORTED) {
            return;
        }
        Throwable first = failure.compareAndExchange(null, thrown);
        if (first != null && first != thrown) {
            first.addSuppressed(thrown);
        }
        self.wake();
        parkers.forEach(Parker::wake);
    }

    /* Workers leave by themselves; what keeps one in user's code is interrupted if nothing is left to save. */
    private void joinAll() {
        boolean interrupted = false;
        boolean told = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join(GRACE_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (!told && thread.isAlive() && isLost()) {
                    told = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isLost() {
        return failure.get() != null || coordinator.ending() == Coordinator.Ending.ABORTED;
    }
}
