package dev.waxwing.run.check;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Classes whose objects never change: values of the JDK, enums, and records of these. */
final class Constants {

    private static final Set<Class<?>> VALUES =
            Set.of(
                    String.class,
                    Boolean.class,
                    Character.class,
                    Byte.class,
                    Short.class,
                    Integer.class,
                    Long.class,
                    Float.class,
                    Double.class,
                    BigInteger.class,
                    BigDecimal.class,
                    UUID.class);

    private static final ClassValue<Boolean> CONSTANT =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return isConstant(type, new HashSet<>());
                }
            };

    private Constants() {}

    /** Whether no object of a class ever changes; if that is not known, false. */
    static boolean areAllOf(Class<?> type) {
        return CONSTANT.get(type);
    }

    /* A record that has components of its own class is constant if all else of it is. */
    private static boolean isConstant(Class<?> type, Set<Class<?>> within) {
        if (type.isRecord() && within.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!isConstant(component.getType(), within)) {
                    return false;
                }
            }
        }
        return type.isPrimitive()
                || type.isRecord()
                || Enum.class.isAssignableFrom(type) && type != Enum.class
                || VALUES.contains(type)
                || isOfJavaTime(type);
    }

    /* All classes of this package are immutable; its clocks only tell another time each time. */
    private static boolean isOfJavaTime(Class<?> type) {
        return type.getPackageName().equals("java.time");
    }
}
