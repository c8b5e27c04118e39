package dev.waxwing.testing;

import dev.waxwing.kernel.Lifecycle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** Makes the instance of a kernel that an execution uses, by the rule that kernels follow. */
final class KernelCopies {

    private KernelCopies() {}

    /** A fresh instance with the same final fields; the template itself if it cannot be copied. */
    @SuppressWarnings("unchecked") // a constructor makes instances of its class
    static <K extends Lifecycle> K copy(K template) {
        Class<?> type = template.getClass();
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (type.isAnonymousClass() || type.isSynthetic() || constructors.length != 1) {
            return template;
        }
        try {
            List<Class<?>> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isFinal(field.getModifiers())
                        && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    types.add(field.getType());
                    values.add(field.get(template));
                }
            }
            if (!types.equals(List.of(constructors[0].getParameterTypes()))) {
                return template;
            }
            constructors[0].setAccessible(true);
            return (K) constructors[0].newInstance(values.toArray());
        } catch (ReflectiveOperationException | RuntimeException e) {
            return template;
        }
    }
}
