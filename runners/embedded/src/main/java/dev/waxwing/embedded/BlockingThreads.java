package dev.waxwing.embedded;

import dev.waxwing.engine.site.Threads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Threads for what may block: virtual ones where the JVM has them. */
final class BlockingThreads implements Threads {

    private static final @Nullable MethodHandle START_VIRTUAL = findStartVirtual();

    @Override
    public Thread start(String name, Runnable work) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
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
