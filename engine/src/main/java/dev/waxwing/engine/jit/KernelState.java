package dev.waxwing.engine.jit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a kernel keeps in its fields, and how workers are kept from sharing it. */
public final class KernelState {

    private KernelState() {}

    /** Whether a class has static fields that are no constants: a copy would have its own. */
    static boolean isStatic(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers)
                    && !(Modifier.isFinal(modifiers) && isConstant(field.getType()))) {
                return true;
            }
        }
        return false;
    }

    /** The template itself if it has no state of its own, else a copy of it. */
    static <T> T unshared(T template) {
        Field state = stateOf(template.getClass());
        if (state == null) {
            return template;
        }
        try {
            return serialized(template);
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            if (Modifier.isFinal(state.getModifiers())) {
                return template;
            }
            throw new IllegalStateException(
                    template.getClass().getName()
                            + " keeps state in its field '"
                            + state.getName()
                            + "', which workers must not share, but no other instance of it can be"
                            + " made ("
                            + e
                            + "); make it a final class with one constructor that takes its final"
                            + " fields, or serializable"
                            + opening(template.getClass()),
                    e);
        }
    }

    /* For a class of a module that does not let its fields be read. */
    private static String opening(Class<?> type) {
        Module module = KernelState.class.getModule();
        if (type.getModule().isOpen(type.getPackageName(), module)) {
            return "";
        }
        return ", and add 'opens "
                + type.getPackageName()
                + (module.isNamed() ? " to " + module.getName() : "")
                + ";' to its module-info";
    }

    /* A field that can change, or else one that holds what can. */
    private static @Nullable Field stateOf(Class<?> type) {
        Field held = null;
        for (Field field : fieldsOf(type)) {
            if (!Modifier.isFinal(field.getModifiers())) {
                return field;
            }
            Class<?> of = field.getType();
            if (of.isArray()
                    || Collection.class.isAssignableFrom(of)
                    || Map.class.isAssignableFrom(of)) {
                held = field;
            }
        }
        return held;
    }

    @SuppressWarnings("unchecked") // of the same class
    private static <T> T serialized(T template) throws IOException, ClassNotFoundException {
        for (Field field : fieldsOf(template.getClass())) {
            int modifiers = field.getModifiers();
            if (Modifier.isFinal(modifiers) && Modifier.isTransient(modifiers)) {
                throw new IOException("its final field '" + field.getName() + "' is transient");
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(template);
        }
        ClassLoader loader = template.getClass().getClassLoader();
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
                    @Override
                    protected Class<?> resolveClass(ObjectStreamClass description)
                            throws IOException, ClassNotFoundException {
                        try {
                            return Class.forName(description.getName(), false, loader);
                        } catch (ClassNotFoundException e) {
                            return super.resolveClass(description);
                        }
                    }
                }) {
            return (T) in.readObject();
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    private static boolean isConstant(Class<?> type) {
        return type.isPrimitive() || type == String.class || type.isEnum() || type.isRecord();
    }
}
