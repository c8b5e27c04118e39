package dev.waxwing.embedded.link;

/**
 * How many items a step has received and emitted. Written by the worker, read by others at rest.
 */
public final class StepCounts {

    public long received;
    public long emitted;
    public long stored;
    public long dead;
}
