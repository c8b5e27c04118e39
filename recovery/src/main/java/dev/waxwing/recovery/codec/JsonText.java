package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON as schema texts need: objects, lists, strings and whole numbers. */
final class JsonText {

    private static final int DEPTH_MAX = 100;
    private static final int MESSAGE_MAX = 1_000;

    private final String text;

    // written by the calling thread
    private int position;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    /** The text of maps, lists, strings and numbers, without spaces. */
    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /**
     * Maps, lists, strings and {@code Integer}s.
     *
     * @throws RecoveryException if the text is not what {@link #write} writes
     */
    static Object read(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value();
        if (json.position != text.length()) {
            throw json.damaged("the end");
        }
        return value;
    }

    /** As much of a text as fits into a message. */
    static String shortened(String text) {
        return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…";
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                write(entry.getKey(), out);
                out.append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            Iterator<?> elements = list.iterator();
            while (elements.hasNext()) {
                write(elements.next(), out);
                out.append(elements.hasNext() ? "," : "");
            }
            out.append(']');
        } else if (value instanceof Number) {
            out.append(value);
        } else {
            quote(value.toString(), out);
        }
    }

    /** A string with what JSON wants escaped. */
    static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private Object value() {
        if (++depth > DEPTH_MAX) {
            throw damaged("less nesting");
        }
        char c = peek();
        Object value = c == '{' ? object() : c == '[' ? list() : c == '"' ? string() : number();
        depth--;
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!object.isEmpty()) {
                expect(',');
            }
            String name = string();
            expect(':');
            object.put(name, value());
        }
        expect('}');
        return object;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!list.isEmpty()) {
                expect(',');
            }
            list.add(value());
        }
        expect(']');
        return list;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            char c = next();
            string.append(c == '\\' ? escaped() : c);
        }
        expect('"');
        return string.toString();
    }

    private char escaped() {
        char c = next();
        if (c != 'u') {
            return c;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = code << 4 | Math.max(0, Character.digit(next(), 16));
        }
        return (char) code;
    }

    private Integer number() {
        int start = position;
        while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
            position++;
        }
        if (start == position || position - start > 9) {
            throw damaged("a number");
        }
        return Integer.parseInt(text, start, position, 10);
    }

    private void expect(char expected) {
        if (next() != expected) {
            position--;
            throw damaged("'" + expected + "'");
        }
    }

    private char next() {
        char c = peek();
        position++;
        return c;
    }

    private char peek() {
        if (position >= text.length()) {
            throw damaged("more text");
        }
        return text.charAt(position);
    }

    private RecoveryException damaged(String expected) {
        return new RecoveryException(
                "a stored schema is damaged: expected "
                        + expected
                        + " at character "
                        + position
                        + " of "
                        + shortened(text)
                        + "; restore the store from a copy");
    }
}
