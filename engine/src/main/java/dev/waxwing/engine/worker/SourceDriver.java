package dev.waxwing.engine.worker;

/** Lets a partition read into a chain. */
@FunctionalInterface
public interface SourceDriver {

    /** Reads until the partition has ended or the stage says that it is enough for now. */
    void drive(PartitionReader reader, SourceStage stage) throws Exception;
}
