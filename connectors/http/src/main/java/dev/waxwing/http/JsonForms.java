package dev.waxwing.http;

import dev.waxwing.text.TextForm;
import dev.waxwing.text.TextForms;
import java.time.OffsetTime;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ext.javatime.ser.OffsetTimeSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Jackson's writing made that of {@link TextForms}, where it leaves out seconds that are zero. */
final class JsonForms {

    private JsonForms() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("waxwing");
        module.setSerializerModifier(new SetsInOrder());
        module.addSerializer(OffsetTime.class, new OffsetTimeWriter());
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
