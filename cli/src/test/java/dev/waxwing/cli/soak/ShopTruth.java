package dev.waxwing.cli.soak;

import dev.waxwing.Sides.Row2;
import dev.waxwing.cli.soak.Shop.Order;
import dev.waxwing.cli.soak.Shop.Payment;
import dev.waxwing.cli.soak.ShopFlow.Balance;
import dev.waxwing.cli.soak.ShopFlow.Numbered;
import dev.waxwing.cli.soak.ShopFlow.Sum;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be in the targets when all items up to a time were taken, by definition. */
final class ShopTruth {

    final Lines numbered = new Lines();
    final Lines sums = new Lines();
    final Lines joined = new Lines();

    private final Map<String, Balance> balances = new HashMap<>();
    private final Map<String, Window> windows = new HashMap<>();

    /** Of all items before a time. */
    ShopTruth(long endMillis) {
        for (int partition = 0; partition < Shop.PARTITIONS; partition++) {
            long windowMillis = Shop.WINDOW_SECONDS * 1_000L;
            for (long open = 0; open < endMillis; open += windowMillis) {
                long close = Math.min(endMillis, open + windowMillis);
                takeOrders(partition, open, close);
                takePayments(partition, open, close);
                closeAll(open / 1_000);
            }
        }
    }

    private void takeOrders(int partition, long from, long to) {
        long end = Shop.before(to, Shop.ORDERS_A_SECOND);
        for (long i = Shop.before(from, Shop.ORDERS_A_SECOND); i < end; i++) {
            Order order = Shop.order(partition, i);
            Balance balance = balances.getOrDefault(order.user(), new Balance(0, 0)).plus(order);
            balances.put(order.user(), balance);
            numbered.add(new Numbered(order.user(), balance.count(), balance.total()).text());
            window(order.user()).add(order);
        }
    }

    private void takePayments(int partition, long from, long to) {
        long end = Shop.before(to, Shop.PAYMENTS_A_SECOND);
        for (long i = Shop.before(from, Shop.PAYMENTS_A_SECOND); i < end; i++) {
            Payment payment = Shop.payment(partition, i);
            window(payment.user()).payment = payment;
        }
    }

    private void closeAll(long opened) {
        windows.forEach(
                (user, window) -> {
                    if (window.order != null) {
                        Balance sum = window.balance;
                        sums.add(new Sum(user, opened, sum.count(), sum.total()).text());
                    }
                    joined.add(ShopFlow.joined(opened, new Row2<>(window.order, window.payment)));
                });
        windows.clear();
    }

    private Window window(String user) {
        return windows.computeIfAbsent(user, none -> new Window());
    }

    private static final class Window {
        private Balance balance = new Balance(0, 0);
        private @Nullable Order order;
        private @Nullable Payment payment;

        void add(Order next) {
            balance = balance.plus(next);
            order = next;
        }
    }
}
