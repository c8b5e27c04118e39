package dev.waxwing.files;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.ext.javatime.ser.OffsetTimeSerializer;
import tools.jackson.databind.ext.javatime.ser.YearMonthSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** Jackson without its bends: a document is what was written, or refused. */
final class StrictJson {

    /*
     * Three things make it strict. Values of single types are read by the forms of TextForms, which
     * also say what was expected (StrictValues). Places that take no null are known by their
     * annotations (NullMarks). What is left of Jackson's own conversions, in arrays of primitives,
     * collections and users' types, is switched off here.
     */

    /** As {@link YearMonth#parse} reads it, with the plus sign that its own text leaves out. */
    private static final DateTimeFormatter YEAR_MONTH =
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
                    .appendLiteral('-')
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .toFormatter(Locale.ROOT);

    static final String OR_FORMAT = ", or give the property a @JsonFormat";

    private StrictJson() {}

    /** Whether a property says how it is written. */
    static boolean isFormat(JsonFormat.Value format) {
        return format.hasPattern() || format.hasShape();
    }

    /*
     * What a class keeps in a field can be read, whether it has a setter or not: the name would be
     * passed over otherwise, and the value be lost without a word. Written is what it shows.
     */
    static JsonMapper.Builder reading() {
        return both().changeDefaultVisibility(
                        seen -> seen.withFieldVisibility(JsonAutoDetect.Visibility.ANY))
                .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS);
    }

    static JsonMapper.Builder writing() {
        return both().enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    }

    private static JsonMapper.Builder both() {
        return JsonMapper.builder()
                .annotationIntrospector(new NullMarks())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(
                        EnumFeature.READ_ENUMS_USING_TO_STRING,
                        EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.ALWAYS_ALLOW_STRINGIFIED_DATE_TIMESTAMPS,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(
                        config -> {
                            for (CoercionInputShape shape : CoercionInputShape.values()) {
                                config.setCoercion(shape, CoercionAction.Fail);
                            }
                        })
                .withCoercionConfig(
                        LogicalType.Float,
                        config ->
                                config.setCoercion(
                                        CoercionInputShape.Integer, CoercionAction.TryConvert))
                .addModule(forms());
    }

    private static SimpleModule forms() {
        SimpleModule module = new SimpleModule("waxwing");
        module.setDeserializerModifier(new StrictValues());
        module.setSerializerModifier(new StrictWriting());
        module.addSerializer(OffsetTime.class, new OffsetTimeWriter());
        module.addSerializer(YearMonth.class, new YearMonthSerializer(YEAR_MONTH));
        module.addDeserializer(OptionalDouble.class, new StrictValues.StrictOptional());
        TextForms.all().stream()
                .filter(form -> form.type() != String.class && form.type() != Character.class)
                .forEach(form -> addKey(module, form));
        return module;
    }

    private static <T> void addKey(SimpleModule module, TextForm<T> form) {
        boolean isText = form.type() == String.class || form.type() == Character.class;
        if (!isText) {
            module.addKeySerializer(form.type(), new KeyWriter<>(form));
        }
    }

    /** As Jackson's, with the seconds that it leaves out if they are zero. */
    private static final class OffsetTimeWriter extends OffsetTimeSerializer {
        OffsetTimeWriter() {
            super(INSTANCE, DateTimeFormatter.ISO_OFFSET_TIME, null);
        }
    }

    /**
     * Keys of maps as text, as Jackson leaves out the seconds of some times. What is no Unicode in
     * keys that are texts is for the line to refuse or to replace.
     */
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
