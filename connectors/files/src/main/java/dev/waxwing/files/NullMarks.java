package dev.waxwing.files;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.waxwing.text.Nullness;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes null an error where it is not declared, in properties and in collections, and a parameter
 * of a constructor required. Annotations of Jackson that say otherwise go before.
 */
final class NullMarks extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated place) {
        JsonSetter.Value said = super.findSetterInfo(config, place);
        if (!(place instanceof AnnotatedMember member)) {
            return said;
        }
        AnnotatedType declared = declared(member);
        Nulls values = takesNull(member, declared) ? Nulls.DEFAULT : Nulls.FAIL;
        Nulls contents = contentTakesNull(member, declared) ? Nulls.DEFAULT : Nulls.FAIL;
        return JsonSetter.Value.construct(
                said.getValueNulls() == Nulls.DEFAULT ? values : said.getValueNulls(),
                said.getContentNulls() == Nulls.DEFAULT ? contents : said.getContentNulls());
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean said = super.hasRequiredMarker(config, member);
        return member instanceof AnnotatedParameter && !Boolean.TRUE.equals(said)
                ? Boolean.valueOf(!takesNull(member, declared(member)))
                : said;
    }

    private static boolean takesNull(AnnotatedMember member, @Nullable AnnotatedType declared) {
        Class<?> type = typeOf(member).getRawClass();
        if (type.isPrimitive()) {
            return false;
        }
        return isOpen(type)
                || Nullness.isOptional(type)
                || member.annotations()
                        .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"))
                || (declared != null && Nullness.isNullable(declared))
                || (member instanceof AnnotatedParameter parameter && isNullComponent(parameter));
    }

    private static boolean contentTakesNull(
            AnnotatedMember member, @Nullable AnnotatedType declared) {
        JavaType content = typeOf(member).getContentType();
        return (content != null && (content.isJavaLangObject() || isOpen(content.getRawClass())))
                || (declared != null && Nullness.isContentNullable(declared));
    }

    /** Of a setter, what it takes. */
    private static JavaType typeOf(AnnotatedMember member) {
        return member instanceof AnnotatedMethod method && method.getParameterCount() == 1
                ? method.getParameterType(0)
                : member.getType();
    }

    /** A tree has a node for null. */
    private static boolean isOpen(Class<?> type) {
        return JsonNode.class.isAssignableFrom(type);
    }

    private static @Nullable AnnotatedType declared(AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getMember() instanceof Executable executable) {
            return at(executable.getAnnotatedParameterTypes(), parameter.getIndex());
        }
        if (member.getMember() instanceof Field field) {
            return field.getAnnotatedType();
        }
        if (member.getMember() instanceof Method method) {
            return method.getParameterCount() == 1
                    ? method.getAnnotatedParameterTypes()[0]
                    : method.getAnnotatedReturnType();
        }
        return null;
    }

    private static @Nullable AnnotatedType at(AnnotatedType[] types, int index) {
        return index < types.length ? types[index] : null;
    }

    /* A canonical constructor that is written out need not repeat the annotations. */
    private static boolean isNullComponent(AnnotatedParameter parameter) {
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        return components != null
                && components.length == parameter.getOwner().getParameterCount()
                && components[parameter.getIndex()].getType() == parameter.getRawType()
                && Nullness.takesNull(components[parameter.getIndex()]);
    }
}
