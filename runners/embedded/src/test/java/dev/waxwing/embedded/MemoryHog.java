package dev.waxwing.embedded;

import org.jspecify.annotations.Nullable;

/** Takes all the memory there is, to the last bytes, until it is told to let go. */
final class MemoryHog {

    private static final int LARGEST = 1 << 20;

    private static volatile boolean letGo;
    private static volatile @Nullable Object taken;

    private MemoryHog() {}

    /** Fills the memory and keeps it; throws what the JVM throws. */
    static void fill() {
        for (int size = LARGEST; size > 0; ) {
            try {
                take(size);
            } catch (OutOfMemoryError full) {
                if (size == 1 || letGo) {
                    throw full;
                }
                size /= 4;
            }
        }
    }

    /** Fills it and keeps it full, whatever others give back meanwhile. */
    static void keepFull() {
        while (!letGo) {
            try {
                fill();
            } catch (OutOfMemoryError full) {
                Thread.onSpinWait();
            }
        }
        taken = null;
    }

    /** Gives everything back; needs no memory. */
    static void letGo() {
        letGo = true;
        taken = null;
    }

    private static synchronized void take(int size) {
        if (letGo) {
            throw new OutOfMemoryError("the hog was told to let go");
        }
        Object[] more = new Object[1 + size / 8];
        more[0] = taken;
        taken = more;
    }
}
