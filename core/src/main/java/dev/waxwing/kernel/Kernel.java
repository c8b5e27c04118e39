package dev.waxwing.kernel;

/**
 * What a stateless step does with one item of a stream without keys.
 *
 * <p>A kernel is made when the dataflow is built and is a template: each worker of each execution
 * uses an instance of its own, confined to the worker's thread. Runners may make that instance by
 * copying the class, which lets the compiler specialise the step's code. A class is copied if
 *
 * <ul>
 *   <li>it is final and has exactly one constructor, whose parameters are its final instance
 *       fields, in order and type; other fields are this instance's own and are set up by the
 *       constructor or {@link #open};
 *   <li>it holds no lambdas of its own, names itself in no signature and calls no private member of
 *       another class;
 *   <li>its calls go straight to the user's function.
 * </ul>
 *
 * Other kernels run as they are, through serialization or shared if they have no mutable state. A
 * kernel that holds functions names them by {@code dev.waxwing.function.HoldsCode}.
 *
 * @param <T> item
 * @param <U> emitted item
 */
public interface Kernel<T, U> extends Lifecycle {

    /** Takes one item and emits any number; {@code out} is valid during the call only. */
    void onItem(T item, Outputs<? super U> out) throws Exception;

    /**
     * Called when the items that are available for now have been taken; always before the epoch
     * ends. What a kernel has put aside is emitted here.
     */
    default void onActivationEnd(Outputs<? super U> out) throws Exception {}
}
