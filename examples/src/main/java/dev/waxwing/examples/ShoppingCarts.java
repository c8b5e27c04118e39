package dev.waxwing.examples;

import dev.waxwing.Dataflow;
import dev.waxwing.Stream;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.files.JsonFiles;
import dev.waxwing.files.OnExisting;
import dev.waxwing.recovery.RecoveryOptions;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shopping carts as keyed state, from a file with an action a line.
 *
 * <p>With {@link #flow}, a line that is no action stops the execution; when it has been put right,
 * the next execution goes on behind the last decided epoch, and every order is as if nothing had
 * happened. {@link #flowWithDeadLetters} puts such lines aside and goes on.
 */
public final class ShoppingCarts {

    private static final String NAME = "shopping-carts";
    private static final String SHIPPED = "actions.jsonl";
    private static final String ORDERS = "orders.jsonl";

    private ShoppingCarts() {}

    // region types
    /**
     * A line as it is read: {@code {"user":"ada","item":"tea","price":350}} or {@code
     * {"user":"ada","checkout":true}}.
     */
    public record Line(
            @Nullable String user,
            @Nullable String item,
            @Nullable Long price,
            @Nullable Boolean checkout) {}

    /** What a user does. */
    public sealed interface Action {
        String user();
    }

    /** Puts something into the cart. */
    public record Put(String user, Item item) implements Action {}

    /** Buys what is in the cart. */
    public record Checkout(String user) implements Action {}

    /** Something in a cart, with its price in cents. */
    public record Item(String name, long price) {}

    /** What is kept for a user. */
    public record CartState(List<Item> items) {

        CartState with(Item item) {
            var more = new ArrayList<>(items);
            more.add(item);
            return new CartState(more);
        }
    }

    /** What a user has bought. */
    public record Order(String user, List<Item> items, long total) {

        static Order of(String user, CartState cart) {
            var total = cart.items().stream().mapToLong(Item::price).sum();
            return new Order(user, cart.items(), total);
        }
    }

    // endregion

    // region flow
    /** Stops at the first line that is no action. */
    public static Dataflow flow(Path lines, Path orders) {
        var flow = Dataflow.named("shopping-carts");
        var actions =
                flow.input("lines", JsonFiles.lines(lines, Line.class))
                        .map("action", ShoppingCarts::action);
        orders(actions)
                .output("orders", JsonFiles.append(orders).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    private static Stream<Order> orders(Stream<Action> actions) {
        return actions.keyOn("by-user", Action::user)
                .statefulFlatMap("cart", ShoppingCarts::apply)
                .map("order", Order::of);
    }

    private static StateUpdate<CartState, List<CartState>> apply(
            @Nullable CartState before, Action action) {
        var cart = before == null ? new CartState(List.of()) : before;
        return action instanceof Put put
                ? StateUpdate.keep(cart.with(put.item()), List.of())
                : StateUpdate.discard(List.of(cart));
    }

    private static Action action(Line line) {
        if (line.user() == null) {
            throw new IllegalArgumentException("an action needs a user: " + line);
        }
        if (line.checkout() != null && line.checkout()) {
            return new Checkout(line.user());
        }
        if (line.item() == null || line.price() == null) {
            throw new IllegalArgumentException(
                    "an action needs an item and a price, or a checkout: " + line);
        }
        return new Put(line.user(), new Item(line.item(), line.price()));
    }

    // endregion

    // region dead-letters
    /** Writes lines that are no actions to {@code rejected} and goes on. */
    public static Dataflow flowWithDeadLetters(Path lines, Path orders, Path rejected) {
        var flow = Dataflow.named("shopping-carts");
        var read =
                flow.input("lines", JsonFiles.lines(lines, Line.class))
                        .onFailure(FailurePolicy.deadLetter());
        var actions =
                read.map("action", ShoppingCarts::action).onFailure(FailurePolicy.deadLetter());
        orders(actions)
                .output("orders", JsonFiles.append(orders).withOnExisting(OnExisting.TRUNCATE));
        read.deadLetters()
                .merge("all-rejected", actions.deadLetters())
                .map("reason", Rejected::of)
                .output("rejected", JsonFiles.append(rejected).withOnExisting(OnExisting.TRUNCATE));
        return flow;
    }

    /** Why a line was put aside. */
    public record Rejected(String step, String item, String reason) {

        static Rejected of(DeadLetter letter) {
            return new Rejected(
                    letter.stepId(), letter.item().toString(), letter.cause().toString());
        }
    }

    // endregion

    /** The dataflow over a small file that is shipped. */
    public static Dataflow example() throws IOException {
        return flow(files());
    }

    /** The dataflow over a file of actions. */
    public static Dataflow example(Path actions) throws IOException {
        return flow(files(actions.toString()));
    }

    /** Runs it with recovery; the argument is a file. */
    public static void main(String[] args) throws IOException {
        run(Path.of(""), System.out, args);
    }

    static void run(Path base, PrintStream out, String... files) throws IOException {
        var run = ExampleFiles.in(base, NAME, SHIPPED, files);
        Waxwing.run(flow(run), RecoveryOptions.in(run.state()));
        var orders = run.output(ORDERS);
        out.printf("shopping carts of %s%n", run.input());
        out.printf("  orders    %d, in %s%n", ExampleFiles.lines(orders), orders);
        out.printf("  state     %s%n", run.state());
    }

    private static ExampleFiles files(String... files) throws IOException {
        return ExampleFiles.in(Path.of(""), NAME, SHIPPED, files);
    }

    private static Dataflow flow(ExampleFiles run) {
        return flow(run.input(), run.output(ORDERS));
    }
}
