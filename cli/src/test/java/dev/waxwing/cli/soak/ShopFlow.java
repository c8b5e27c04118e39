package dev.waxwing.cli.soak;

import dev.waxwing.Dataflow;
import dev.waxwing.KeyedStream;
import dev.waxwing.Sides.Row2;
import dev.waxwing.cli.soak.Shop.Order;
import dev.waxwing.cli.soak.Shop.Payment;
import dev.waxwing.files.RollOptions;
import dev.waxwing.files.TextFiles;
import dev.waxwing.function.TypeRef;
import dev.waxwing.jdbc.Database;
import dev.waxwing.jdbc.JdbcSink;
import dev.waxwing.jdbc.OnMissing;
import dev.waxwing.join.JoinOptions;
import dev.waxwing.join.Timestamps;
import dev.waxwing.state.StateUpdate;
import dev.waxwing.step.WatermarkOptions;
import dev.waxwing.windowing.StreamClock;
import dev.waxwing.windowing.TumblingWindower;
import dev.waxwing.windowing.WindowResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the orders of each user, into rolling files; sums them by window, into a table; joins the
 * last of a window with its last payment, to the ends of files.
 */
final class ShopFlow {

    static final String SUMS = "sums";

    private static final int WRITERS = 2;
    private static final WatermarkOptions IN_ORDER = WatermarkOptions.outOfOrderBy(Duration.ZERO);
    private static final TumblingWindower WINDOWS =
            TumblingWindower.of(Duration.ofSeconds(Shop.WINDOW_SECONDS));

    private ShopFlow() {}

    /**
     * Makes the dataflow.
     *
     * @param files where there are rolled files
     * @param appended where there are files that are appended to
     * @param endMillis the time of the data at which it ends
     */
    static Dataflow flow(Path files, Path appended, String database, long endMillis) {
        Dataflow flow = Dataflow.named("shop");
        var orders =
                flow.input(
                                "orders",
                                new PacedSource<Order>(
                                        Shop::order, Shop.ORDERS_A_SECOND, endMillis))
                        .watermark("ordered", Order::at, IN_ORDER)
                        .keyOn("buyer", Order::user);
        var payments =
                flow.input(
                                "payments",
                                new PacedSource<Payment>(
                                        Shop::payment, Shop.PAYMENTS_A_SECOND, endMillis))
                        .watermark("paid", Payment::at, IN_ORDER)
                        .keyOn("payer", Payment::user);
        orders.statefulMap("number", ShopFlow::number)
                .mapValue("text", Numbered::text)
                .output(
                        "files",
                        TextFiles.rolling(files)
                                .withOptions(RollOptions.defaults().withWriters(WRITERS)));
        sums(orders)
                .map("sum", ShopFlow::sum)
                .output(
                        "table",
                        JdbcSink.into(Database.at(database), SUMS, TypeRef.of(Sum.class))
                                .withColumn("buyer", Sum::user)
                                .withColumn("opened", Sum::opened)
                                .withColumn("orders", Sum::orders)
                                .withColumn("total", Sum::total)
                                .withOnMissingMarkerTable(OnMissing.CREATE)
                                .withWriters(WRITERS));
        orders.joinWindow(
                        "join",
                        StreamClock.of(
                                Timestamps.of(Order.class, Order::at)
                                        .and(Payment.class, Payment::at)),
                        WINDOWS,
                        payments,
                        JoinOptions.atEnd())
                .down()
                .mapValue("joined", ShopFlow::joined)
                .output("appended", TextFiles.appendTo(appended, WRITERS));
        return flow;
    }

    private static KeyedStream<String, WindowResult<Balance>> sums(
            KeyedStream<String, Order> orders) {
        return orders.foldWindow(
                        "windows",
                        StreamClock.of(Order::at),
                        WINDOWS,
                        () -> new Balance(0, 0),
                        Balance::plus,
                        (one, other) ->
                                new Balance(
                                        one.count() + other.count(), one.total() + other.total()))
                .down();
    }

    private static StateUpdate<Balance, Numbered> number(@Nullable Balance before, Order order) {
        Balance after = (before == null ? new Balance(0, 0) : before).plus(order);
        return StateUpdate.keep(after, new Numbered(order.user(), after.count(), after.total()));
    }

    private static Sum sum(String user, WindowResult<Balance> window) {
        return new Sum(
                user,
                window.open().getEpochSecond(),
                window.value().count(),
                window.value().total());
    }

    private static String joined(WindowResult<Row2<Order, Payment>> window) {
        return joined(window.open().getEpochSecond(), window.value());
    }

    /**
     * The line for the last order and the last payment of a window, of which one may be missing.
     */
    static String joined(long opened, Row2<Order, Payment> row) {
        Order order = row.first();
        Payment payment = row.second();
        if (order == null) {
            Objects.requireNonNull(payment, "a row without sides");
            return "%s %d - %d".formatted(payment.user(), opened, payment.number());
        }
        String paid = payment == null ? "-" : Long.toString(payment.number());
        return "%s %d %d %s".formatted(order.user(), opened, order.number(), paid);
    }

    /** How many orders there were, and their amounts together. */
    public record Balance(long count, long total) {
        Balance plus(Order order) {
            return new Balance(count + 1, total + order.amount());
        }
    }

    /** The balance of a user after an order. */
    public record Numbered(String user, long count, long total) {
        String text() {
            return user + " " + count + " " + total;
        }
    }

    /** The orders of a user in a window. */
    public record Sum(String user, long opened, long orders, long total) {
        String text() {
            return user + " " + opened + " " + orders + " " + total;
        }
    }
}
