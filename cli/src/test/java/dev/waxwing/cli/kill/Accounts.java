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

/** Files of payments that grow, and what has to come of them. An account is in one file. */
final class Accounts {

    private static final int FILES = 3;
    private static final int ACCOUNTS = 200;

    private final Path directory;
    private final Random random;
    private final Map<String, long[]> balances = new HashMap<>();
    private final List<String> expected = new ArrayList<>();

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
                text.append(account).append(' ').append(amount).append('\n');
                long[] balance = balances.computeIfAbsent(account, none -> new long[2]);
                balance[0]++;
                balance[1] += amount;
                expected.add(account + " " + balance[0] + " " + balance[1]);
            }
            Files.writeString(
                    directory.resolve("payments-" + file + ".txt"),
                    text,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    /** A line for each payment: its account, its number there, and the balance after it. */
    List<String> expected() {
        return expected;
    }
}
