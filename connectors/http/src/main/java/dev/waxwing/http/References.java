package dev.waxwing.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Resolves references to addresses by RFC 3986, section 5.2. */
final class References {

    /*
     * java.net.URI resolves by the RFC before it, which drops the last segment of the base for a reference that is
     * a query alone, and keeps leading dots. It also takes no character that must be encoded, though servers send
     * brackets, spaces and letters beyond ASCII in their links: these are percent-encoded as UTF-8, as browsers do.
     */
    private static final Pattern PARTS =
            Pattern.compile(
                    "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?",
                    Pattern.DOTALL);
    private static final Pattern DOTS = Pattern.compile("\\.|%2[eE]");
    private static final String IN_PATH = "-._~!$&'()*+,;=:@/";
    private static final String IN_QUERY = IN_PATH + "?";

    private References() {}

    /**
     * The address that a reference on a page leads to, without a fragment.
     *
     * @throws IllegalArgumentException if it leads nowhere
     */
    static URI resolve(URI page, String reference) {
        Matcher parts = PARTS.matcher(reference.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("the reference is no address");
        }
        String scheme = parts.group(1);
        String authority = parts.group(2);
        String path = parts.group(3);
        String query = parts.group(4);
        if (scheme == null && authority == null) {
            if (path.isEmpty()) {
                query = query == null ? page.getRawQuery() : query;
                path = page.getRawPath();
            } else if (!path.startsWith("/")) {
                String base = page.getRawPath();
                path = base.substring(0, base.lastIndexOf('/') + 1) + path;
            }
        }
        if (authority == null) {
            if (scheme != null) {
                throw new IllegalArgumentException(
                        "the reference has the scheme '" + scheme + "' and names no host");
            }
            authority = page.getRawAuthority();
        }
        return URI.create(
                (scheme == null ? page.getScheme() : scheme)
                        + "://"
                        + authority
                        + pathAndQuery(path, query));
    }

    /** Path and query of an address, as a reference that leads to it on its own host. */
    static String pathAndQuery(URI address) {
        String reference = pathAndQuery(address.getRawPath(), address.getRawQuery());
        /* What follows two slashes would be a host (RFC 3986, 4.2). */
        return reference.startsWith("//") ? "/." + reference : reference;
    }

    private static String pathAndQuery(String path, @Nullable String query) {
        return "/"
                + encoded(withoutDots(path), IN_PATH)
                + (query == null ? "" : "?" + encoded(query, IN_QUERY));
    }

    /* The path behind its first slash. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String segment = DOTS.matcher(segments[i]).replaceAll(".");
            boolean isDots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.pollLast();
            }
            if (!isDots) {
                kept.add(segments[i]);
            } else if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return String.join("/", kept);
    }

    private static String encoded(String text, String allowed) {
        StringBuilder address = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            int end = i + Character.charCount(point);
            if (Character.getType(point) == Character.SURROGATE) {
                throw new IllegalArgumentException(
                        "the reference has an unpaired surrogate at character " + i);
            }
            boolean isAlphanumeric = point < 128 && Character.isLetterOrDigit(point);
            if (isAlphanumeric || allowed.indexOf(point) >= 0 || isEscape(text, i)) {
                address.appendCodePoint(point);
            } else {
                for (byte each : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    address.append(String.format("%%%02X", each));
                }
            }
            i = end;
        }
        return address.toString();
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }
}
