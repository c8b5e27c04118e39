package dev.waxwing.text;

import java.util.HexFormat;

/** Text of JSON that another library has written. */
public final class JsonText {

    private JsonText() {}

    /**
     * The same JSON with surrogates in place of their escapes, so that half of a pair, which few
     * readers take, is seen by whoever looks for it in the text.
     *
     * @param json well-formed
     */
    public static String withPlainSurrogates(String json) {
        if (!json.contains("\\u")) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length());
        int at = 0;
        while (at < json.length()) {
            int units = json.charAt(at) == '\\' ? 2 : 1;
            if (units == 2 && json.charAt(at + 1) == 'u') {
                char unit = (char) HexFormat.fromHexDigits(json, at + 2, at + 6);
                if (Character.isSurrogate(unit)) {
                    text.append(unit);
                    at += 6;
                    continue;
                }
            }
            text.append(json, at, at + units);
            at += units;
        }
        return text.toString();
    }
}
