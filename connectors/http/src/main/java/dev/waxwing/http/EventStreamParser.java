package dev.waxwing.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the format of event streams, as the WHATWG's HTML standard defines it (9.2.6), from pieces
 * of any size. Confined to one thread.
 */
final class EventStreamParser {

    /*
     * Lines end with LF, CR or CRLF; of a CRLF the CR ends the line and the LF after it is passed over, so that
     * no line waits for the byte after its CR. A line is decoded as a whole: no byte of a multi-byte character
     * is a line end.
     *
     * An event that is too large is not held: its bytes are counted and dropped up to its blank line. Its id
     * counts all the same, so that it is not asked for again.
     *
     * The standard puts U+FFFD in place of bytes that are not UTF-8. That would change what a server sends that
     * takes another character set, so the event is told apart.
     */
    private static final int SHOWN_CHARACTERS_MAX = 200;

    /**
     * How long a line of an event that is too large may be to count all the same, such as its id.
     */
    private static final int FIELD_BYTES_MAX = 1_024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final char REPLACEMENT = '\uFFFD';

    /** Takes what has been read. */
    interface Events {

        void event(ServerSentEvent event);

        /** An event had more bytes than allowed; these are its first. */
        void tooLarge(String beginning);

        /** An event has data and an id that cannot be sent back. */
        void unusableId(String id, String data);

        /** An event is not in UTF-8; U+FFFD is in place of what is none. */
        void malformed(String data);
    }

    private final int eventBytesMax;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String eventType = "";
    private String idBuffer;
    private String lastEventId;
    private @Nullable Duration retry;
    private long eventBytes;
    private long lineBytes;
    private boolean lineCut;
    private boolean hasData;
    private boolean afterReturn;
    private boolean firstLine = true;

    /** The id of the event that has begun, if it is one that cannot be sent back. */
    private @Nullable String unusableId;

    /** Whether the event that has begun has bytes that are no text. */
    private boolean isMalformed;

    /** What was kept of an event that is too large; null if it is not. */
    private @Nullable String oversized;

    EventStreamParser(int eventBytesMax, String lastEventId) {
        this.eventBytesMax = eventBytesMax;
        this.idBuffer = lastEventId;
        this.lastEventId = lastEventId;
    }

    /** The id to go on after. */
    String lastEventId() {
        return lastEventId;
    }

    /**
     * How long the server wants to be left alone before a new connection; null if it has not said.
     */
    @Nullable Duration retry() {
        return retry;
    }

    /** A new connection begins; what was not ended is dropped. */
    void restart() {
        clearLine();
        clearEvent();
        idBuffer = lastEventId;
        afterReturn = false;
        firstLine = true;
    }

    /** Reads on. */
    void feed(byte[] bytes, Events events) {
        for (byte each : bytes) {
            if (each == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = each == '\r';
            if (each == '\n' || each == '\r') {
                endLine(events);
            } else {
                take(each);
            }
        }
    }

    private void take(byte each) {
        lineBytes++;
        eventBytes++;
        if (eventBytes > eventBytesMax && oversized == null) {
            oversized = beginning();
            data.setLength(0);
            line.reset();
            lineCut = true;
        }
        if (oversized == null || line.size() < FIELD_BYTES_MAX) {
            line.write(each);
        } else {
            lineCut = true;
        }
    }

    /* Of the data that came before, or of the line itself. */
    private String beginning() {
        String text = hasData ? data.toString() : line.toString(StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS_MAX));
    }

    private void endLine(Events events) {
        String text = line.toString(StandardCharsets.UTF_8);
        boolean isText = text.indexOf(REPLACEMENT) < 0 || isText(line.toByteArray());
        boolean cut = lineCut;
        if (firstLine && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        if (text.startsWith(":")) {
            eventBytes -= lineBytes;
        }
        firstLine = false;
        clearLine();
        if (cut) {
            return;
        }
        if (text.isEmpty()) {
            dispatch(events);
        } else {
            field(text, isText);
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void field(String text, boolean isText) {
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (name) {
            case "event" -> {
                eventType = value;
                isMalformed |= !isText;
            }
            case "data" -> {
                addData(value);
                isMalformed |= !isText;
            }
            case "id" -> {
                if (HeaderText.survives(value)) {
                    idBuffer = value;
                    unusableId = null;
                } else if (value.indexOf('\0') < 0) {
                    unusableId = value;
                }
            }
            case "retry" -> {
                if (value.matches("[0-9]{1,9}")) {
                    retry = Duration.ofMillis(Long.parseLong(value));
                }
            }
            default -> {
                /* The standard says to pass over fields that it does not know. */
            }
        }
    }

    private void addData(String value) {
        if (oversized == null) {
            data.append(hasData ? "\n" : "").append(value);
            hasData = true;
        }
    }

    private void dispatch(Events events) {
        lastEventId = idBuffer;
        if (oversized != null) {
            events.tooLarge(oversized);
        } else if (hasData && unusableId != null) {
            events.unusableId(unusableId, data.toString());
        } else if (hasData && isMalformed) {
            events.malformed(data.toString());
        } else if (hasData) {
            events.event(
                    new ServerSentEvent(
                            lastEventId,
                            eventType.isEmpty() ? "message" : eventType,
                            data.toString()));
        }
        clearEvent();
    }

    private void clearLine() {
        line.reset();
        lineBytes = 0;
        lineCut = false;
    }

    private void clearEvent() {
        data.setLength(0);
        hasData = false;
        eventType = "";
        eventBytes = 0;
        oversized = null;
        unusableId = null;
        isMalformed = false;
    }
}
