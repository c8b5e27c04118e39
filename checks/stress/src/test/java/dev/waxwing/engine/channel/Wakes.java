package dev.waxwing.engine.channel;

/** A signal that orders nothing by itself: a plain write, and a plain read when all is over. */
final class Wakes implements Signal {

    private boolean any;

    @Override
    public void wake() {
        any = true;
    }

    boolean any() {
        return any;
    }
}
