package dev.waxwing.http;

/** What the status of an answer says about a request that writes. */
enum Verdict {
    /** The endpoint has it. */
    TAKEN,
    /** The endpoint may take it another time. */
    AGAIN,
    /** The endpoint will never take it, whatever is tried. */
    REFUSED,
    /** The fault is with the address or the credentials, and no item is to blame. */
    MISDIRECTED;

    static Verdict of(int status) {
        if (status >= 200 && status < 300) {
            return TAKEN;
        }
        if (status >= 500) {
            return AGAIN;
        }
        return switch (status) {
            /* 409: the first request with this key is still under way. */
            case 408, 409, 425, 429 -> AGAIN;
            /* None of these depends on what is in the body. */
            case 401,
                    402,
                    403,
                    404,
                    405,
                    406,
                    407,
                    410,
                    411,
                    412,
                    414,
                    415,
                    416,
                    417,
                    421,
                    426,
                    428,
                    431 ->
                    MISDIRECTED;
            default -> status >= 400 ? REFUSED : MISDIRECTED;
        };
    }
}
