package dev.waxwing.cli.soak;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * What only the process itself can tell of what it uses.
 *
 * @param heap bytes of objects that a collection has left
 */
record InnerUse(long heap, long metaspace, long directBuffers, long loadedClasses) {

    /** Collects, and measures. */
    static InnerUse measured() {
        System.gc();
        long heap = 0;
        long metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                heap += pool.getCollectionUsage().getUsed();
            } else if (pool.getName().equals("Metaspace")) {
                metaspace = pool.getUsage().getUsed();
            }
        }
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getMemoryUsed();
        }
        return new InnerUse(
                heap,
                metaspace,
                direct,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    String asText() {
        return heap + " " + metaspace + " " + directBuffers + " " + loadedClasses;
    }
}
