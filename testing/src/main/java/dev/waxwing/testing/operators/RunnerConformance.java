package dev.waxwing.testing.operators;

import org.junit.jupiter.api.Nested;

/**
 * What operators, sources and sinks mean on every runner, over crashes and restarts. The author of
 * a runner extends it by a test class that implements {@link #runner}; there is nothing else to
 * write. How executions are stopped, aborted, awaited and counted is not looked at: test that of
 * your {@link dev.waxwing.run.Execution} yourself.
 */
public abstract class RunnerConformance {

    /** For subclasses in the module of a runner. */
    protected RunnerConformance() {}

    /** The runner that is to conform. */
    protected abstract SpecRunner runner();

    @Nested
    final class Maps extends MapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class ChangedItems extends ChangedItemSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class OddExceptions extends OddExceptionSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class KeptEmitters extends KeptEmitterSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Openings extends OpeningSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FlatMaps extends FlatMapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FlatMapBatches extends FlatMapBatchSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Filters extends FilterSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FilterMaps extends FilterMapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Flattens extends FlattenSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class ValueOperators extends ValueOperatorsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class KeyOns extends KeyOnSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Branchings extends BranchSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Merges extends MergeSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Redistributes extends RedistributeSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class ForEaches extends ForEachSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class ItemSources extends ItemSourceSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Inspects extends InspectSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Raising extends RaisesSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class EnrichCacheds extends EnrichCachedSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class MapAsyncs extends MapAsyncSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StatefulLogics extends StatefulLogicSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Timers extends TimerSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StatefulBatches extends StatefulBatchSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StatefulMaps extends StatefulMapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StatefulFlatMaps extends StatefulFlatMapSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Collects extends CollectSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Throttles extends ThrottleSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Distincts extends DistinctSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Limits extends LimitSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Runnings extends RunningSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Finals extends FinalsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Watermarks extends WatermarkSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class HeldItems extends HeldItemsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FoldWindows extends FoldWindowSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowVectors extends WindowVectorsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class AllWindows extends AllWindowSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowResults extends WindowResultsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowTimes extends WindowTimeSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StreamTimes extends StreamTimeSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Years extends YearsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowOptions extends WindowOptionsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowLogics extends WindowLogicSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowRescales extends WindowRescaleSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Joins extends JoinSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class JoinWindows extends JoinWindowSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class IntervalJoins extends IntervalJoinSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FailurePolicies extends FailurePolicySpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Sources extends SourceSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class SourceRetries extends SourceRetrySpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Queues extends QueueSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Sinks extends SinkSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class FanOuts extends FanOutSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class EpochSinks extends EpochSinkSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class WindowSettings extends WindowSettingsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StateSettings extends StateSettingsSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class StoppedTimes extends StoppedTimeSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class Recoveries extends RecoverySpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }

    @Nested
    final class NullItems extends NullItemSpec {
        @Override
        protected SpecRunner runner() {
            return RunnerConformance.this.runner();
        }
    }
}
