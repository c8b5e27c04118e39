package dev.waxwing.recovery.codec;

import dev.waxwing.recovery.RecoveryException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How objects of a record or class are taken apart and made. Immutable. */
final class ObjectShape {

    /*
     * All reflection happens when the shape is made; values go through method handles of one
     * general type, so that calling them needs no adaptation.
     */

    private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);
    private static final MethodType SETTER =
            MethodType.methodType(void.class, Object.class, Object.class);

    private final Class<?> type;
    private final MethodHandle maker;
    private final Map<String, JavaType> components;
    private final MethodHandle[] getters;
    private final MethodHandle @Nullable [] setters;

    private ObjectShape(
            Class<?> type,
            MethodHandle maker,
            Map<String, JavaType> components,
            MethodHandle[] getters,
            MethodHandle @Nullable [] setters) {
        this.type = type;
        this.maker = maker;
        this.components = components;
        this.getters = getters;
        this.setters = setters;
    }

    /**
     * The shape of a record, or of a class that has a constructor without parameters.
     *
     * @throws RecoveryException if the class cannot be stored
     */
    static ObjectShape of(JavaType type) {
        try {
            return type.raw().isRecord() ? ofRecord(type) : ofClass(type);
        } catch (InaccessibleObjectException | IllegalAccessException e) {
            throw new RecoveryException(
                    type.raw().getName()
                            + " cannot be stored, as its module keeps its package closed; add"
                            + " 'opens "
                            + type.raw().getPackageName()
                            + toThisModule()
                            + ";' to its module-info",
                    e);
        }
    }

    /* Nothing on the class path, where only a package that is open to all will do. */
    private static String toThisModule() {
        Module module = ObjectShape.class.getModule();
        return module.isNamed() ? " to " + module.getName() : "";
    }

    Class<?> type() {
        return type;
    }

    /** Names and types of what an object is made of, in the order in which it is stored. */
    Map<String, JavaType> components() {
        return components;
    }

    MethodHandle[] getters() {
        return getters;
    }

    /**
     * Makes an object.
     *
     * @param values one for each component; must be given for all of a record
     * @param isGiven which values count; the others stay as the constructor of a class left them
     */
    Object make(@Nullable Object[] values, boolean[] isGiven) {
        try {
            if (setters == null) {
                return (Object) maker.invokeExact(values);
            }
            Object made = (Object) maker.invokeExact();
            for (int i = 0; i < values.length; i++) {
                if (isGiven[i]) {
                    setters[i].invokeExact(made, values[i]);
                }
            }
            return made;
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new RecoveryException(
                    "a stored value cannot be made into a "
                            + type.getName()
                            + ", which refused "
                            + JsonText.shortened(Arrays.toString(values))
                            + "; accept in the constructor what was accepted before, or give a"
                            + " migration function",
                    e);
        }
    }

    private static ObjectShape ofRecord(JavaType type) throws IllegalAccessException {
        RecordComponent[] parts = type.raw().getRecordComponents();
        Map<String, JavaType> components = new LinkedHashMap<>();
        MethodHandle[] getters = new MethodHandle[parts.length];
        Class<?>[] parameters = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
            components.put(parts[i].getName(), type.resolve(parts[i].getGenericType()));
            getters[i] = lookup().unreflect(open(parts[i].getAccessor())).asType(GETTER);
            parameters[i] = parts[i].getType();
        }
        MethodHandle maker =
                constructor(type.raw(), parameters)
                        .asFixedArity()
                        .asType(MethodType.genericMethodType(parts.length))
                        .asSpreader(Object[].class, parts.length);
        return new ObjectShape(type.raw(), maker, components, getters, null);
    }

    private static ObjectShape ofClass(JavaType type) throws IllegalAccessException {
        checkIsPlain(type.raw());
        MethodHandle maker = constructor(type.raw()).asType(MethodType.methodType(Object.class));
        Map<String, JavaType> components = new LinkedHashMap<>();
        List<MethodHandle> getters = new ArrayList<>();
        List<MethodHandle> setters = new ArrayList<>();
        for (JavaType level = type; level.raw() != Object.class; level = level.superclass()) {
            for (Field field : storedFields(level.raw())) {
                String name = field.getName();
                String unique =
                        components.containsKey(name)
                                ? level.raw().getSimpleName() + "." + name
                                : name;
                components.put(unique, level.resolve(field.getGenericType()));
                getters.add(lookup().unreflectGetter(open(field)).asType(GETTER));
                setters.add(lookup().unreflectSetter(open(field)).asType(SETTER));
            }
        }
        return new ObjectShape(
                type.raw(),
                maker,
                components,
                getters.toArray(MethodHandle[]::new),
                setters.toArray(MethodHandle[]::new));
    }

    private static void checkIsPlain(Class<?> type) {
        boolean isInner =
                (type.isMemberClass() && !Modifier.isStatic(type.getModifiers()))
                        || type.isAnonymousClass()
                        || type.isLocalClass();
        if (isInner || type.isHidden()) {
            throw new RecoveryException(
                    type.getName()
                            + " cannot be stored, as it is an inner class; make it static,"
                            + " or a record");
        }
        String module = String.valueOf(type.getModule().getName());
        if (module.startsWith("java.") || module.startsWith("jdk.")) {
            throw new RecoveryException(
                    type.getName()
                            + " cannot be stored, as it is a class of the JDK whose parts"
                            + " may change; store a record with what you need of it");
        }
    }

    private static List<Field> storedFields(Class<?> type) {
        List<Field> stored = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                stored.add(field);
            }
        }
        stored.sort(Comparator.comparing(Field::getName));
        return stored;
    }

    private static MethodHandle constructor(Class<?> type, Class<?>... parameters)
            throws IllegalAccessException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            return lookup().unreflectConstructor(open(constructor));
        } catch (NoSuchMethodException e) {
            throw new RecoveryException(
                    type.getName()
                            + " cannot be stored, as it has no constructor without"
                            + " parameters; add one, of any visibility, or make it a record",
                    e);
        }
    }

    private static <A extends AccessibleObject> A open(A member) {
        member.setAccessible(true);
        return member;
    }

    private static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }
}
