package dev.waxwing.files;

/** When what was written is forced to the disk. */
public enum ForceTime {
    /** Once an epoch, off the worker's thread, before the epoch is decided. */
    EACH_EPOCH,
    /** After each batch too: for readers that must not see what a power failure can take back. */
    EACH_BATCH
}
