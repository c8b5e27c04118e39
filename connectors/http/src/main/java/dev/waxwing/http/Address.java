package dev.waxwing.http;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;

/** Checks where requests go, and says it in messages without what may be secret. */
final class Address {

    private static final int PORT_MAX = 65_535;

    /** Of a name as a whole, and between two dots. */
    private static final int NAME_MAX = 253;

    private static final int LABEL_MAX = 63;

    private Address() {}

    /** The same address, if requests can be sent there. */
    static URI checked(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "the address must begin with http:// or https://, but "
                            + (scheme.isEmpty()
                                    ? "it has no scheme"
                                    : "its scheme is '" + scheme + "'"));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(withoutHost(uri));
        }
        checkReachable(uri);
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of "
                            + shown(uri)
                            + " has a user in it, which would not be sent; give an Authorization"
                            + " header by HttpOptions.withHeaders");
        }
        return uri;
    }

    /* java.net.URI takes more than there can be; requests would be tried again and again. */
    private static void checkReachable(URI uri) {
        int port = uri.getPort();
        if (port == 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "the address of "
                            + shown(uri)
                            + " has a port that no server can have; it must be one from 1 to "
                            + PORT_MAX);
        }
        String host = uri.getHost();
        boolean isLong = host.length() > NAME_MAX + (host.endsWith(".") ? 1 : 0);
        for (String label : host.split("\\.", -1)) {
            isLong |= label.length() > LABEL_MAX;
        }
        if (isLong && !host.startsWith("[")) {
            throw new IllegalArgumentException(
                    "no host can have the name '"
                            + host
                            + "': a name has up to "
                            + NAME_MAX
                            + " characters, and up to "
                            + LABEL_MAX
                            + " between two dots (RFC 1035)");
        }
    }

    /* java.net.URI takes letters, digits, hyphens and dots of ASCII only in the name of a host. */
    private static String withoutHost(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            return "the address must name a host, and does not";
        }
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.chars().allMatch(c -> c < 128)) {
            return "the JDK does not take '"
                    + host
                    + "' for a host and port: a host's name has letters, digits, hyphens and dots"
                    + " (RFC 952), no underscore, no hyphen beside a dot, and letters first behind"
                    + " the last dot; use an alias or the IP address";
        }
        return "the JDK takes ASCII only in the name of a host, not '"
                + host
                + "'; write it as java.net.IDN.toASCII does, xn--...";
    }

    /** The same address, if it is where the headers of the first may be sent. */
    static URI onSameHost(URI first, URI next) {
        if (!origin(first).equals(origin(next))) {
            throw new IllegalArgumentException(
                    "a page of "
                            + shown(first)
                            + " leads to "
                            + shown(next)
                            + ", where its headers are not sent; if that is right, give the source"
                            + " withCursors");
        }
        return next;
    }

    /** How messages tell where an answer leads; empty if it is no redirect. */
    static String redirect(URI address, int status, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse("");
        if (status < 300 || status > 399 || location.isEmpty()) {
            return "";
        }
        String target;
        try {
            target = shown(checked(References.resolve(address, location)));
        } catch (IllegalArgumentException e) {
            target = "no address";
        }
        return ", a redirect to "
                + target
                + " (redirects are not followed; if it is right, make it the address)";
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Scheme, host and port: a token may be anywhere behind them. */
    static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }
}
