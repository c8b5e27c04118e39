package dev.waxwing.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps what is secret out of failures: drivers quote URLs, and URLs may have passwords. */
final class SecretFilter {

    private static final String HIDDEN = "***";

    private static final Pattern IN_URLS =
            Pattern.compile("(?i)(?:pass\\w*|pwd|secret|token)=([^&;]+)|//[^/@:]*:([^/@]+)@");

    private final String url;
    private final String shownUrl;
    private final List<String> secrets = new ArrayList<>();

    /**
     * @param shownUrl what stands for the URL in messages
     * @param password empty if there is none
     */
    SecretFilter(String url, String shownUrl, String password) {
        this.url = url;
        this.shownUrl = shownUrl;
        if (!password.isEmpty()) {
            secrets.add(password);
        }
        for (Matcher found = IN_URLS.matcher(url); found.find(); ) {
            secrets.add(found.group(1) == null ? found.group(2) : found.group(1));
        }
    }

    /**
     * A failure to throw in place of another; that one is its cause only if it says nothing secret.
     */
    SQLException filtered(String prefix, SQLException failure) {
        SQLException shown =
                new SQLException(
                        prefix
                                + shown(String.valueOf(failure.getMessage()))
                                + "; check that it runs and can be reached, and who connects",
                        failure.getSQLState(),
                        failure.getErrorCode());
        if (tellsSecrets(failure)) {
            shown.setStackTrace(failure.getStackTrace());
        } else {
            shown.initCause(failure);
        }
        return shown;
    }

    private String shown(String message) {
        String text = message.replace(url, shownUrl);
        for (String secret : secrets) {
            text = text.replace(secret, HIDDEN);
        }
        return text;
    }

    private boolean tellsSecrets(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        add(failure, seen, open);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            String message = String.valueOf(next.getMessage());
            if (!shown(message).equals(message)) {
                return true;
            }
            add(next.getCause(), seen, open);
            for (Throwable suppressed : next.getSuppressed()) {
                add(suppressed, seen, open);
            }
            if (next instanceof SQLException sql) {
                add(sql.getNextException(), seen, open);
            }
        }
        return false;
    }

    private static void add(
            @Nullable Throwable failure, Set<Throwable> seen, Deque<Throwable> open) {
        if (failure != null && seen.add(failure)) {
            open.add(failure);
        }
    }
}
