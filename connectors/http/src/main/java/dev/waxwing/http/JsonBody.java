package dev.waxwing.http;

import dev.waxwing.text.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/** Items as JSON, with something before, between and after them. */
final class JsonBody implements RequestBody<Object> {

    private static final long serialVersionUID = 1L;

    private final String contentType;
    private final String start;
    private final String separator;
    private final String end;

    /** Thread-safe; made when it is first needed, as it does not travel with the sink. */
    private transient volatile @Nullable ObjectWriter writer;

    JsonBody(String contentType, String start, String separator, String end) {
        Jackson.require();
        this.contentType = contentType;
        this.start = start;
        this.separator = separator;
        this.end = end;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public void write(List<Object> items, OutputStream out) throws IOException {
        String before = start;
        for (Object item : items) {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            out.write(bytes(item));
            before = separator;
        }
        out.write(end.getBytes(StandardCharsets.UTF_8));
    }

    /* Not made as bytes by Jackson, which would escape halves of surrogate pairs; raw JSON may have escapes of its own. */
    private byte[] bytes(Object item) {
        StringWriter json = new StringWriter();
        try (JsonGenerator to = new CheckedNumbers(writer().createGenerator(json))) {
            writer().writeValue(to, item);
        } catch (InvalidDefinitionException e) {
            throw new IllegalArgumentException(
                    item.getClass().getName()
                            + " has no getters or public fields, itself or in a part of it, so that"
                            + " nothing would be written; make it a record, or give it getters",
                    e);
        }
        return BodyText.encoded(JsonText.withPlainSurrogates(json.toString()));
    }

    private ObjectWriter writer() {
        ObjectWriter ready = writer;
        if (ready == null) {
            ready = mapper().writer();
            writer = ready;
        }
        return ready;
    }

    /** In order, so that the bytes of a repeated request are those of the first. */
    static JsonMapper mapper() {
        return JsonMapper.builder()
                .enable(
                        SerializationFeature.FAIL_ON_EMPTY_BEANS,
                        SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
                .addModules(JsonForms.module(), SetsInOrder.module())
                .build();
    }
}
