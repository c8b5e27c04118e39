package dev.waxwing.engine.link;

import dev.waxwing.kernel.KeyedKernel.KeyedOutputs;
import dev.waxwing.kernel.Outputs;

/** What a stateless step emits into, with keys or without. */
public interface AllOutputs extends Outputs<Object>, KeyedOutputs<Object, Object> {}
