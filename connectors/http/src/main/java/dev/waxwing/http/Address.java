package dev.waxwing.http;

import java.net.URI;
import java.util.Locale;

/** Checks where requests go, and says it in messages without what may be secret. */
final class Address {

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
            throw new IllegalArgumentException("the address must name a host, and does not");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of "
                            + shown(uri)
                            + " has a user in it, which would not be sent; give an Authorization"
                            + " header by HttpOptions.withHeaders");
        }
        return uri;
    }

    /** The same address, if it is where the headers of the first may be sent. */
    static URI onSameHost(URI first, URI next) {
        if (!shown(first).equals(shown(next))) {
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

    /** Scheme, host and port: a token may be anywhere behind them. */
    static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port;
    }
}
