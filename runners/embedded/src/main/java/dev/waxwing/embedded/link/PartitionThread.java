package dev.waxwing.embedded.link;

import dev.waxwing.embedded.delivery.Lane;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A thread of its own for a partition that may block: runs what it is given, one after the other. A
 * virtual thread where the JVM has them.
 */
public final class PartitionThread implements Lane {

    private static final @Nullable MethodHandle START_VIRTUAL = findStartVirtual();

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Consumer<? super Throwable> failed;
    private final Thread thread;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile @Nullable Runnable last;

    /** What tasks throw goes to the handler of uncaught exceptions. */
    public PartitionThread(String name) {
        this(
                name,
                thrown -> {
                    Thread self = Thread.currentThread();
                    self.getUncaughtExceptionHandler().uncaughtException(self, thrown);
                });
    }

    /**
     * @param failed is told what tasks throw
     */
    public PartitionThread(String name, Consumer<? super Throwable> failed) {
        this.failed = failed;
        this.thread = start(this::work, name, Thread.currentThread().getContextClassLoader());
    }

    @Override
    public void run(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void close(AutoCloseable partition) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        last =
                () -> {
                    try {
                        partition.close();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                };
        thread.interrupt();
        interrupted.countDown();
        join();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (Exception) thrown;
        }
    }

    private void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /* What waits when the end has come is dropped, also what the task before has added. */
    private void work() {
        Runnable end;
        while ((end = last) == null) {
            try {
                Runnable task = tasks.take();
                if (last == null) {
                    task.run();
                }
            } catch (InterruptedException e) {
                /* The end has come. */
            } catch (Throwable thrown) {
                /* For want of memory even taking a task may throw, and somebody waits for what it is to do. */
                failed.accept(thrown);
            }
        }
        try {
            awaitInterrupt();
        } finally {
            end.run();
        }
    }

    /* It was for the task before, and must not come to what closes. */
    private void awaitInterrupt() {
        boolean sent = false;
        while (!sent) {
            try {
                interrupted.await();
                sent = true;
            } catch (InterruptedException e) {
                /* That is the one. */
            }
        }
        Thread.interrupted();
    }

    private static Thread start(Runnable work, String name, ClassLoader loader) {
        Runnable named =
                () -> {
                    Thread.currentThread().setName(name);
                    Thread.currentThread().setContextClassLoader(loader);
                    work.run();
                };
        MethodHandle startVirtual = START_VIRTUAL;
        if (startVirtual != null) {
            try {
                return (Thread) startVirtual.invoke(named);
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("cannot start a virtual thread", e);
            }
        }
        Thread platform = new Thread(named, name);
        platform.setDaemon(true);
        platform.start();
        return platform;
    }

    private static @Nullable MethodHandle findStartVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class,
                            "startVirtualThread",
                            MethodType.methodType(Thread.class, Runnable.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }
}
