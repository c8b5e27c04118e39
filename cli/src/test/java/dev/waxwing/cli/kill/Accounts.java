package dev.waxwing.cli.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Files of payments that grow, and what has to come of them. An account is in one file; each growth
 * is an hour, so that a run that has read all has ended no window that goes on.
 */
final class Accounts {

    static final int WINDOW_SECONDS = 600;
    static final int OUT_OF_ORDER_SECONDS = 30;

    private static final int HOUR_SECONDS = 3_600;
    private static final int FILES = 3;
    private static final int ACCOUNTS = 200;

    private final Path directory;
    private final Random random;
    private final Map<String, long[]> balances = new HashMap<>();
    private final Map<String, long[]> windows = new TreeMap<>();
    private final List<String> expected = new ArrayList<>();
    private long beginSeconds;

    Accounts(Path directory, Random random) {
        this.directory = directory;
        this.random = random;
    }

    /** Appends so many lines to each file. */
    void grow(int lines) throws IOException {
        for (int file = 0; file < FILES; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                String account = "account-" + (random.nextInt(ACCOUNTS) * FILES + file);
                long amount = random.nextInt(-1_000, 1_000);
                long ahead = (long) i * HOUR_SECONDS / lines;
                long back = Math.min(ahead, random.nextInt(OUT_OF_ORDER_SECONDS));
                long seconds = beginSeconds + ahead - back;
                text.append(account).append(' ').append(amount).append(' ').append(seconds);
                text.append('\n');
                add(account, amount, seconds);
            }
            Files.writeString(
                    directory.resolve("payments-" + file + ".txt"),
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        beginSeconds += HOUR_SECONDS;
    }

    /** A line for each payment: its account, its number there, and the balance after it. */
    List<String> expected() {
        return expected;
    }

    /** A line for each account and window: where it opens, how many payments, and their sum. */
    List<String> expectedWindows() {
        List<String> lines = new ArrayList<>();
        windows.forEach((window, sums) -> lines.add(window + " " + sums[0] + " " + sums[1]));
        return lines;
    }

    private void add(String account, long amount, long seconds) {
        long[] balance = balances.computeIfAbsent(account, none -> new long[2]);
        balance[0]++;
        balance[1] += amount;
        expected.add(account + " " + balance[0] + " " + balance[1]);
        long open = seconds - seconds % WINDOW_SECONDS;
        long[] window = windows.computeIfAbsent(account + " " + open, none -> new long[2]);
        window[0]++;
        window[1] += amount;
    }
}
