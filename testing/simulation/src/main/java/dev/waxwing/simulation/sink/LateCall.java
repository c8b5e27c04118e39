package dev.waxwing.simulation.sink;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A call of an old execution that comes to its target later than it should; once. */
final class LateCall<R> {

    private final Callable<R> call;
    private boolean made;
    private @Nullable R result;
    private @Nullable Exception failure;

    LateCall(Callable<R> call) {
        this.call = call;
    }

    /** Makes the call if it was not made before; keeps what comes of it. */
    void make() {
        if (!made) {
            made = true;
            try {
                result = call.call();
            } catch (Exception e) {
                failure = e;
            }
        }
    }

    /** What has come of it, to be told to whoever made the call. */
    R answer() throws Exception {
        make();
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(result, "a call returns something");
    }
}
