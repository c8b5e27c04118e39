package dev.waxwing.http;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ext.javatime.ser.OffsetTimeSerializer;
import tools.jackson.databind.ext.javatime.ser.YearMonthSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Jackson's writing made that of {@link TextForms}: with seconds that are zero, and without types
 * of time that have no form.
 */
final class JsonForms {

    /** As {@link YearMonth#parse} reads it, with the plus sign that its own text leaves out. */
    private static final DateTimeFormatter YEAR_MONTH =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
                    .appendLiteral('-')
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .toFormatter(Locale.ROOT);

    private JsonForms() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("waxwing");
        module.setSerializerModifier(new OldTimes());
        module.addSerializer(OffsetTime.class, new OffsetTimeWriter());
        module.addSerializer(YearMonth.class, new YearMonthSerializer(YEAR_MONTH));
        TextForms.all().forEach(form -> addKey(module, form));
        return module;
    }

    private static <T> void addKey(SimpleModule module, TextForm<T> form) {
        module.addKeySerializer(form.type(), new KeyWriter<>(form));
    }

    private static final class OffsetTimeWriter extends OffsetTimeSerializer {

        OffsetTimeWriter() {
            super(INSTANCE, DateTimeFormatter.ISO_OFFSET_TIME, null);
        }
    }

    private static final class KeyWriter<T> extends ValueSerializer<T> {

        private final TextForm<T> form;

        KeyWriter(TextForm<T> form) {
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeName(form.print(value));
        }
    }
}
