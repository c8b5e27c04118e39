package dev.waxwing.cli.soak;

import java.time.Instant;

/**
 * Orders and payments that follow from their numbers: the n-th of each partition is of a user of
 * this partition, at a time of its own, so that what has to come of them can be told by definition.
 */
final class Shop {

    static final int PARTITIONS = 3;
    static final int USERS = 400;
    static final int ORDERS_A_SECOND = 700;
    static final int PAYMENTS_A_SECOND = 100;
    static final int WINDOW_SECONDS = 10;

    private Shop() {}

    static Order order(int partition, long number) {
        long random = mix(partition * 0x9E3779B97F4A7C15L + number);
        return new Order(
                user(partition, random),
                number,
                Math.floorMod(random >>> 32, 1_000),
                number * 1_000 / ORDERS_A_SECOND);
    }

    static Payment payment(int partition, long number) {
        long random = mix(~(partition * 0x9E3779B97F4A7C15L + number));
        return new Payment(user(partition, random), number, number * 1_000 / PAYMENTS_A_SECOND);
    }

    /** How many items of a partition are before a time. */
    static long before(long millis, int itemsASecond) {
        return (millis * itemsASecond + 999) / 1_000;
    }

    private static String user(int partition, long random) {
        return "user-" + partition + "-" + Math.floorMod(random, USERS);
    }

    /** A well mixed number; distinct ones for distinct numbers. */
    static long mix(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    /** A user buys something. */
    public record Order(String user, long number, long amount, long millis) {
        Instant at() {
            return Instant.ofEpochMilli(millis);
        }
    }

    /** A user pays. */
    public record Payment(String user, long number, long millis) {
        Instant at() {
            return Instant.ofEpochMilli(millis);
        }
    }
}
