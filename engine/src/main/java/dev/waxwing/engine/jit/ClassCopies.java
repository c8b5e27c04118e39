package dev.waxwing.engine.jit;

import static java.lang.invoke.MethodHandles.Lookup.ClassOption.NESTMATE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of classes of their own: each is an instance of a hidden class that is defined anew
 * from the bytes of its class.
 *
 * <p>Thread-safe.
 */
public final class ClassCopies {

    /*
     * Two things make a chain of generic links as fast as a loop written by hand (docs/decisions/0007): a class per link, so
     * that its type profile is its own and no method occurs twice in a chain, for there the inliner stops; and
     * final fields of hidden classes, which HotSpot trusts, so that everything behind a constant head is constant.
     *
     * What can be copied is told by the class: one constructor whose parameters are the final instance fields
     * in order. A class of many objects, of which none is a constant, may read its parts from a ClassConstant. Whatever
     * goes wrong with a copy, the plain class does the same work.
     */
    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    private final boolean enabled;
    private final Map<Class<?>, byte[]> bytes = new ConcurrentHashMap<>();

    /**
     * @param enabled whether to copy; plain classes do the same more slowly
     */
    public ClassCopies(boolean enabled) {
        this.enabled = enabled;
    }

    /**
     * An object of a copy of {@code type}, or of {@code type} itself where that cannot be copied.
     *
     * @param arguments of its only constructor
     * @param <I> an interface of the class: a copy is not of the class itself
     */
    @SuppressWarnings("unchecked")
    public <I> I make(Class<? extends I> type, @Nullable Object... arguments) {
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        boolean copied = enabled && !KernelState.isStatic(type);
        Object copy = copied ? copy(type, constructor, arguments) : null;
        return (I) (copy != null ? copy : plain(type, constructor, arguments));
    }

    /**
     * A link of a class of its own, whose parts are constants of that class; of the class itself if
     * copying is off.
     *
     * @param type has one constructor, which takes the parts
     */
    public <L> L link(Class<? extends L> type, Object parts) {
        try {
            Class<?> made = type;
            if (enabled) {
                made =
                        MethodHandles.privateLookupIn(type, HERE)
                                .defineHiddenClassWithClassData(bytesOf(type), parts, true)
                                .lookupClass();
            }
            return newLink(made, parts);
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(type + " cannot be used as a link", e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <L> L newLink(Class<?> type, Object parts) throws ReflectiveOperationException {
        return (L) type.getDeclaredConstructors()[0].newInstance(parts);
    }

    /**
     * An object like {@code template}, which is not used itself; {@code template} if it has no
     * state that could be shared.
     *
     * @throws IllegalStateException if it has, and there is no way to make another; the message
     *     says what to do
     */
    @SuppressWarnings("unchecked")
    public <T> T like(T template) {
        Class<? extends T> type = (Class<? extends T>) template.getClass();
        List<Object> arguments = argumentsOf(template);
        if (arguments != null) {
            try {
                return make(type, arguments.toArray());
            } catch (RuntimeException e) {
                /* Its constructor does not want to be called again; what is below is left. */
                return KernelState.unshared(template);
            }
        }
        return KernelState.unshared(template);
    }

    /**
     * An object like {@code template}, of a copy of its class; {@code template} itself where there
     * can be none.
     */
    @SuppressWarnings("unchecked")
    public <T> T ofOwnClass(T template) {
        Class<? extends T> type = (Class<? extends T>) template.getClass();
        List<Object> arguments =
                enabled && !KernelState.isStatic(type) ? argumentsOf(template) : null;
        Object copy =
                arguments == null
                        ? null
                        : copy(type, type.getDeclaredConstructors()[0], arguments.toArray());
        return copy == null ? template : (T) copy;
    }

    /** Whether objects of a class can be made from the fields of a template. */
    public boolean canCopy(Object template) {
        return ofOwnClass(template) != template;
    }

    /** A driver whose constant is {@code head}; the class must take it as class data. */
    public <T> T driver(Class<? extends T> type, Object head) {
        try {
            MethodHandles.Lookup in =
                    MethodHandles.privateLookupIn(type, HERE)
                            .defineHiddenClassWithClassData(bytesOf(type), head, true);
            return make(in.lookupClass());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(type + " cannot be used as a driver", e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T make(Class<?> hidden) throws ReflectiveOperationException {
        return (T) hidden.getDeclaredConstructor().newInstance();
    }

    private @Nullable Object copy(
            Class<?> type, Constructor<?> constructor, @Nullable Object[] arguments) {
        try {
            MethodHandles.Lookup around = MethodHandles.privateLookupIn(type, HERE);
            Object only = arguments.length == 1 ? arguments[0] : null;
            MethodHandles.Lookup in =
                    only == null
                            ? around.defineHiddenClass(bytesOf(type), true, NESTMATE)
                            : around.defineHiddenClassWithClassData(
                                    bytesOf(type), only, true, NESTMATE);
            MethodHandle make =
                    in.findConstructor(
                            in.lookupClass(),
                            java.lang.invoke.MethodType.methodType(
                                    void.class, constructor.getParameterTypes()));
            return make.invokeWithArguments(arguments);
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
            return null;
        }
    }

    private static Object plain(
            Class<?> type, Constructor<?> constructor, @Nullable Object[] arguments) {
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    /* The values of the fields that the only constructor takes, or null if it takes others. */
    private static @Nullable List<Object> argumentsOf(Object template) {
        Class<?> type = template.getClass();
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (constructors.length != 1 || !Modifier.isFinal(type.getModifiers())) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        try {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers)) {
                    field.setAccessible(true);
                    types.add(field.getType());
                    values.add(field.get(template));
                }
            }
        } catch (IllegalAccessException | RuntimeException e) {
            return null;
        }
        boolean matches = types.equals(List.of(constructors[0].getParameterTypes()));
        return matches ? values : null;
    }

    private byte[] bytesOf(Class<?> type) throws IOException {
        byte[] known = bytes.get(type);
        if (known != null) {
            return known;
        }
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no bytes of " + type);
            }
            byte[] read = in.readAllBytes();
            bytes.put(type, read);
            return read;
        }
    }
}
