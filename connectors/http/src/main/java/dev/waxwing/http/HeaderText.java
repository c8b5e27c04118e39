package dev.waxwing.http;

/** The texts that come out of a request as they went in when they are the value of a header. */
final class HeaderText {

    /*
     * The JDK's client writes headers in ASCII and puts a question mark for every other character; servers
     * drop blanks around a value, and RFC 9110 forbids control characters in it.
     */
    private HeaderText() {}

    /** Whether a server receives the value as it is. */
    static boolean survives(String value) {
        return value.equals(value.strip()) && value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }
}
