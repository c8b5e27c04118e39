package dev.waxwing.embedded.damage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Damages the files of a store at random. */
final class StoreDamage {

    private static final List<String> WORDS =
            List.of(
                    "damage.",
                    "partitions",
                    "watermark",
                    "deliveries",
                    "state",
                    "Long",
                    "parts of");
    private static final int PAGE = 8192;

    private final Random random;
    private final Path directory;
    private final Path other;

    /**
     * @param other a store of another time, from which files are taken
     */
    StoreDamage(Random random, Path directory, Path other) {
        this.random = random;
        this.directory = directory;
        this.other = other;
    }

    /** Does one thing and says what. */
    String inflict() throws IOException {
        int dice = random.nextInt(100);
        if (dice < 20) {
            return bits();
        } else if (dice < 38) {
            return bytes();
        } else if (dice < 46) {
            return block();
        } else if (dice < 54) {
            return cut();
        } else if (dice < 59) {
            return lose();
        } else if (dice < 65) {
            return swapFile();
        } else if (dice < 69) {
            return swapPages();
        } else if (dice < 80) {
            return word();
        } else if (dice < 90) {
            return sql(this::loseRows);
        }
        return sql(this::changeField);
    }

    private String bits() throws IOException {
        Path file = anyFile();
        byte[] content = Files.readAllBytes(file);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && content.length > 0; i++) {
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return wrote("flipped " + count + " bits", file, content);
    }

    private String bytes() throws IOException {
        Path file = anyFile();
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0) {
            int from = random.nextInt(content.length);
            int end = Math.min(content.length, from + 1 + random.nextInt(4));
            for (int i = from; i < end; i++) {
                content[i] = (byte) random.nextInt(256);
            }
        }
        return wrote("changed some bytes", file, content);
    }

    private String block() throws IOException {
        Path file = anyFile();
        byte[] content = Files.readAllBytes(file);
        int length = Math.min(content.length, 64 << random.nextInt(8));
        int from = random.nextInt(content.length - length + 1);
        byte[] block = new byte[length];
        if (random.nextBoolean()) {
            random.nextBytes(block);
        }
        System.arraycopy(block, 0, content, from, length);
        return wrote("overwrote a block of " + length, file, content);
    }

    private String cut() throws IOException {
        Path file = anyFile();
        byte[] content = Files.readAllBytes(file);
        int length = random.nextInt(4) == 0 ? 0 : random.nextInt(content.length + 1);
        if (random.nextBoolean()) {
            length -= length % 4096;
        }
        return wrote("cut to " + length + " bytes", file, Arrays.copyOf(content, length));
    }

    private String lose() throws IOException {
        Path file = anyFile();
        Files.delete(file);
        return "lost " + file.getFileName();
    }

    private String swapFile() throws IOException {
        Path file = anyFile();
        Path others = other.resolve(directory.relativize(file));
        if (Files.exists(others)) {
            Files.copy(others, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return "put another store's " + file.getFileName();
    }

    private String swapPages() throws IOException {
        Path file = directory.resolve("recovery.sqlite");
        byte[] content = Files.readAllBytes(file);
        int one = random.nextInt(content.length / PAGE) * PAGE;
        int two = random.nextInt(content.length / PAGE) * PAGE;
        byte[] kept = Arrays.copyOfRange(content, one, one + PAGE);
        System.arraycopy(content, two, content, one, PAGE);
        if (random.nextBoolean()) {
            System.arraycopy(kept, 0, content, two, PAGE);
        }
        return wrote("swapped pages at " + one + " and " + two, file, content);
    }

    private String word() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("recovery.sqlite", "recovery.sqlite-wal")) {
            if (Files.exists(directory.resolve(name))) {
                files.add(directory.resolve(name));
            }
        }
        Path file = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, ISO_8859_1);
        String word = WORDS.get(random.nextInt(WORDS.size()));
        int start = text.length() == 0 ? 0 : random.nextInt(text.length());
        int at = Math.max(text.indexOf(word, start), text.indexOf(word));
        if (at >= 0) {
            content[at + random.nextInt(word.length())] ^= (byte) (1 + random.nextInt(255));
        }
        return wrote("changed a byte of '" + word + "'", file, content);
    }

    private String sql(Change change) {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("recovery.sqlite"));
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            return change.in(statement, tables.get(random.nextInt(tables.size())));
        } catch (SQLException e) {
            return "nothing, as " + e.getMessage();
        }
    }

    private String loseRows(Statement statement, String table) throws SQLException {
        String key = firstColumn(statement, table);
        String which =
                switch (random.nextInt(8)) {
                    case 0 -> "DELETE FROM " + table;
                    case 1 -> "DROP TABLE " + table;
                    case 2 -> "DELETE FROM " + table + " WHERE abs(random() % 2) = 0";
                    default ->
                            "DELETE FROM "
                                    + table
                                    + " WHERE "
                                    + key
                                    + " = (SELECT "
                                    + key
                                    + " FROM "
                                    + table
                                    + " ORDER BY random() LIMIT 1)";
                };
        return which + ": " + statement.executeUpdate(which);
    }

    private String changeField(Statement statement, String table) throws SQLException {
        List<String> columns = columns(statement, table);
        String column = columns.get(random.nextInt(columns.size()));
        String value =
                switch (random.nextInt(4)) {
                    case 0 -> column + " + 1";
                    case 1 -> column + " - 1";
                    case 2 -> column + " || 'x'";
                    default -> "'" + random.nextInt(10) + "'";
                };
        String change =
                "UPDATE OR IGNORE "
                        + table
                        + " SET "
                        + column
                        + " = "
                        + value
                        + " WHERE "
                        + columns.get(0)
                        + " = (SELECT "
                        + columns.get(0)
                        + " FROM "
                        + table
                        + " ORDER BY random() LIMIT 1)";
        return change + ": " + statement.executeUpdate(change);
    }

    private static String firstColumn(Statement statement, String table) throws SQLException {
        return columns(statement, table).get(0);
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (rows.next()) {
                columns.add(rows.getString("name"));
            }
        }
        return columns;
    }

    /* The store's file as often as all others together. */
    private Path anyFile() throws IOException {
        if (random.nextBoolean()) {
            return directory.resolve("recovery.sqlite");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all =
                    files.filter(Files::isRegularFile)
                            .filter(file -> !file.endsWith("lock") && !file.endsWith("lock.new"))
                            .sorted()
                            .toList();
            return all.get(random.nextInt(all.size()));
        }
    }

    private static String wrote(String what, Path file, byte[] content) throws IOException {
        Files.write(file, content);
        return what + " of " + file.getFileName();
    }

    private interface Change {
        String in(Statement statement, String table) throws SQLException;
    }
}
