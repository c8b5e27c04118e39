package dev.waxwing.files;

import dev.waxwing.source.DynamicSource;
import dev.waxwing.source.StatelessSourcePartition;

/** The lines of a {@link StandardInputSource} with where they come from. Immutable. */
final class NumberedInput implements DynamicSource<NumberedLine> {

    private static final long serialVersionUID = 1L;

    private final ReadOptions options;

    NumberedInput(ReadOptions options) {
        this.options = options;
    }

    @Override
    public StatelessSourcePartition<NumberedLine> build(
            String stepId, int workerIndex, int workerCount) {
        return workerIndex == 0
                ? new StandardInputPartition<>(System.in, options, new NumberedDecoder(options))
                : new EmptyPartition<>();
    }
}
