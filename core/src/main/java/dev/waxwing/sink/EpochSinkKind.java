package dev.waxwing.sink;

import java.lang.reflect.Method;

/** Finds the kind of partition that the class of an epoch sink says it builds. */
final class EpochSinkKind {

    private EpochSinkKind() {}

    static SinkContract of(Class<?> sink) {
        for (Method method : sink.getMethods()) {
            boolean builds =
                    method.getName().equals("buildPart")
                            && method.getParameterCount() == 2
                            && !method.isBridge();
            if (builds) {
                Class<?> built = method.getReturnType();
                if (TransactionalPartition.class.isAssignableFrom(built)) {
                    return SinkContract.TRANSACTIONAL;
                }
                if (IdempotentPartition.class.isAssignableFrom(built)) {
                    return SinkContract.IDEMPOTENT;
                }
                if (TwoPhasePartition.class.isAssignableFrom(built)) {
                    return SinkContract.TWO_PHASE;
                }
            }
        }
        throw new IllegalArgumentException(
                sink.getName()
                        + " must declare which kind of partition its buildPart returns: a"
                        + " TransactionalPartition, an IdempotentPartition or a TwoPhasePartition,"
                        + " not just an EpochSinkPartition");
    }
}
