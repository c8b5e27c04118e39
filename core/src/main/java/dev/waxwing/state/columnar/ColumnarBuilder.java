package dev.waxwing.state.columnar;

import dev.waxwing.state.StatefulLogic;

/**
 * Builds the logic of one key, or one for all keys that a runner has in one place. Which of the two
 * a runner asks for makes no difference to what comes out, nor to what is stored: the author has to
 * keep both forms in step. Worth that only where a profile shows that objects a key are what a step
 * waits for.
 *
 * @param <K> key
 * @param <V> value
 * @param <W> emitted value
 * @param <S> state of a key
 */
public interface ColumnarBuilder<K, V, W, S> extends StatefulLogic.Builder<K, V, W, S> {

    /** A logic that knows no key yet. */
    ColumnarLogic<V, W, S> columns();
}
