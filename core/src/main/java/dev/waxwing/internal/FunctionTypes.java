package dev.waxwing.internal;

import dev.waxwing.function.TypeRef;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads types from a function's own signature: a serializable lambda tells the types it was made
 * for, with type arguments erased; a method reference and a class tell all that their method does.
 */
public final class FunctionTypes {

    private FunctionTypes() {}

    /** Type of a parameter, from 0; null if the signature tells no more than {@code Object}. */
    public static @Nullable TypeRef<?> parameter(Serializable function, int index) {
        Signature signature = signature(function);
        return signature == null || index >= signature.parameters().size()
                ? null
                : known(signature.parameters().get(index));
    }

    /** Type of the result; null if the signature tells no more than {@code Object}. */
    public static @Nullable TypeRef<?> result(Serializable function) {
        Signature signature = signature(function);
        return signature == null ? null : known(signature.result());
    }

    /** What a serializable lambda or method reference has captured; empty for all else. */
    static List<Object> captured(Serializable function) {
        SerializedLambda lambda = asLambda(function);
        List<Object> captured = new ArrayList<>();
        for (int i = 0; lambda != null && i < lambda.getCapturedArgCount(); i++) {
            Object each = lambda.getCapturedArg(i);
            if (each != null) {
                captured.add(each);
            }
        }
        return captured;
    }

    private record Signature(List<Type> parameters, Type result) {}

    private static @Nullable TypeRef<?> known(Type type) {
        Class<?> raw = raw(type);
        return raw == null || raw == Object.class ? null : TypeRef.ofType(type);
    }

    private static @Nullable Class<?> raw(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return type instanceof Class<?> plain ? plain : null;
    }

    private static @Nullable Signature signature(Serializable function) {
        SerializedLambda lambda = asLambda(function);
        if (lambda != null) {
            return signature(lambda, function.getClass().getClassLoader());
        }
        Method promised = promised(function.getClass());
        for (Class<?> type = function.getClass();
                promised != null && type != null;
                type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isBridge()
                        && method.getName().equals(promised.getName())
                        && method.getParameterCount() == promised.getParameterCount()) {
                    MethodType erased =
                            MethodType.methodType(
                                    method.getReturnType(), method.getParameterTypes());
                    return told(
                            erased,
                            List.of(method.getGenericParameterTypes()),
                            method.getGenericReturnType());
                }
            }
        }
        return null;
    }

    private static Signature signature(SerializedLambda lambda, @Nullable ClassLoader loader) {
        MethodType erased =
                MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
        Method method = referred(lambda, loader);
        List<Type> parameters = new ArrayList<>();
        if (method != null) {
            if (!Modifier.isStatic(method.getModifiers())) {
                parameters.add(method.getDeclaringClass());
            }
            parameters.addAll(List.of(method.getGenericParameterTypes()));
            parameters
                    .subList(0, Math.min(parameters.size(), lambda.getCapturedArgCount()))
                    .clear();
        }
        return told(
                erased, parameters, method == null ? void.class : method.getGenericReturnType());
    }

    /* What a method tells of a type counts only where it is about the same class. */
    private static Signature told(MethodType erased, List<Type> parameters, Type result) {
        List<Type> told = new ArrayList<>();
        for (int i = 0; i < erased.parameterCount(); i++) {
            Class<?> plain = erased.parameterType(i);
            told.add(i < parameters.size() ? told(plain, parameters.get(i)) : plain);
        }
        return new Signature(told, told(erased.returnType(), result));
    }

    private static Type told(Class<?> erased, Type type) {
        return raw(type) == erased ? type : erased;
    }

    /** The method of a method reference; null for a lambda, whose method has no type arguments. */
    private static @Nullable Method referred(
            SerializedLambda lambda, @Nullable ClassLoader loader) {
        try {
            Class<?> type = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
            MethodType erased =
                    MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
            Method method =
                    type.getDeclaredMethod(lambda.getImplMethodName(), erased.parameterArray());
            return method.isSynthetic() ? null : method;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return null;
        }
    }

    /** The method of the functional interface that a class implements. */
    private static @Nullable Method promised(@Nullable Class<?> type) {
        if (type == null) {
            return null;
        }
        for (Class<?> face : type.getInterfaces()) {
            if (face.isAnnotationPresent(FunctionalInterface.class)) {
                for (Method method : face.getMethods()) {
                    if (Modifier.isAbstract(method.getModifiers())) {
                        return method;
                    }
                }
            }
        }
        return promised(type.getSuperclass());
    }

    private static @Nullable SerializedLambda asLambda(Serializable function) {
        try {
            Method writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(function) instanceof SerializedLambda lambda ? lambda : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
