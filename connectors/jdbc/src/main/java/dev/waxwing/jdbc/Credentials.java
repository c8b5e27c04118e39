package dev.waxwing.jdbc;

import java.util.Objects;

/**
 * Who connects to a database. Its text never shows the password.
 *
 * @param user name of the user
 * @param password secret
 */
public record Credentials(String user, String password) {

    public Credentials {
        Objects.requireNonNull(user, "user must not be null");
        Objects.requireNonNull(password, "password must not be null");
    }

    /** The user alone. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
