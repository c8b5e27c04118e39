package dev.waxwing.testing;

import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.DynamicSink;
import dev.waxwing.sink.EpochSink;
import dev.waxwing.sink.FixedPartitionedSink;

/** Makes the step that runs a core operator. */
record ReferenceSteps(CoreStep step, ReferenceTime time)
        implements CoreOperator.Visitor<ReferenceStep> {

    @Override
    public ReferenceStep input(CoreOperator.Input operator) {
        return new SourceReference(step, time, operator.source());
    }

    @Override
    public ReferenceStep output(CoreOperator.Output operator) {
        if (operator.sink() instanceof FixedPartitionedSink<?, ?, ?> fixed) {
            return new SinkReference(step, time, fixed);
        }
        if (operator.sink() instanceof EpochSink<?> epochs) {
            return new EpochSinkReference(step, time, epochs);
        }
        return new DynamicSinkReference(step, time, (DynamicSink<?>) operator.sink());
    }

    @Override
    public ReferenceStep transform(CoreOperator.Transform operator) {
        return new TransformReference(step, time, operator.kernel());
    }

    @Override
    public ReferenceStep keyedTransform(CoreOperator.KeyedTransform operator) {
        return new TransformReference(step, time, operator.kernel());
    }

    @Override
    public ReferenceStep stateful(CoreOperator.Stateful operator) {
        return new StatefulReference(step, time, operator.spec());
    }

    @Override
    public ReferenceStep async(CoreOperator.Async operator) {
        return SimpleReference.async(step, time, operator);
    }

    @Override
    public ReferenceStep keyOn(CoreOperator.KeyOn operator) {
        return SimpleReference.keyOn(step, time, operator.key());
    }

    @Override
    public ReferenceStep dropKey(CoreOperator.DropKey operator) {
        return SimpleReference.dropKey(step, time);
    }

    @Override
    public ReferenceStep merge(CoreOperator.Merge operator) {
        return SimpleReference.pass(step, time);
    }

    @Override
    public ReferenceStep redistribute(CoreOperator.Redistribute operator) {
        return SimpleReference.pass(step, time);
    }

    @Override
    public ReferenceStep watermark(CoreOperator.Watermark operator) {
        return new WatermarkReference(step, time, operator);
    }
}
