package dev.waxwing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.function.HoldsCode;
import dev.waxwing.function.Mapper;
import dev.waxwing.internal.HeldCode;
import dev.waxwing.kernel.Lifecycle;
import dev.waxwing.plan.core.CoreOperator;
import dev.waxwing.plan.core.CoreStep;
import dev.waxwing.sink.Sink;
import dev.waxwing.source.Source;
import dev.waxwing.state.StatefulSpec;
import dev.waxwing.step.BatchOptions;
import dev.waxwing.windowing.Clock;
import dev.waxwing.windowing.Into;
import dev.waxwing.windowing.Windower;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds functions names them all: private fields, which only this test reads, hold no more.
 */
final class HeldCodeTest {

    /** Holders whose functions are handed on one by one, or are no part of what a plan names. */
    private static final Set<Class<?>> TAKEN_APART =
            Set.of(
                    Into.class,
                    BatchOptions.class,
                    StatefulSpec.class,
                    StatefulSpec.OtherForm.class);

    @Test
    void codeOfEveryOperatorIsWhatTheFieldsHold() throws Exception {
        for (CoreStep step : EveryOperator.plan().coreSteps()) {
            Set<Object> read = identitySet();
            for (Serializable code : step.operator().code()) {
                read(code, read);
            }
            Set<Object> named = identitySet();
            named.addAll(HeldCode.of(step.operator()));

            assertThat(onlyCode(named)).as(step.id()).isEqualTo(onlyCode(read));
        }
    }

    @Test
    void everyClassOfTheLibraryThatHoldsFunctionsNamesThem() throws Exception {
        List<Class<?>> holders = new ArrayList<>();
        for (Class<?> type : libraryClasses()) {
            if (holdsFunctions(type)) {
                holders.add(type);
            }
        }

        assertThat(holders).hasSizeGreaterThan(20);
        assertThat(holders)
                .filteredOn(type -> !HoldsCode.class.isAssignableFrom(type))
                .as("classes with functions in fields; let them name these as HoldsCode")
                .isEmpty();
    }

    @Test
    void planOfEveryOperatorHasEveryHolder() throws Exception {
        Set<Class<?>> met = Collections.newSetFromMap(new IdentityHashMap<>());
        for (CoreStep step : EveryOperator.plan().coreSteps()) {
            met.add(step.operator().getClass());
            HeldCode.of(step.operator()).forEach(code -> met.add(code.getClass()));
        }

        assertThat(met).hasSizeGreaterThan(20);
        assertThat(libraryClasses())
                .filteredOn(type -> HoldsCode.class.isAssignableFrom(type) && isMade(type))
                .filteredOn(type -> !met.contains(type))
                .as("classes that hold functions of no step of EveryOperator; add one to it")
                .isEmpty();
    }

    @Test
    void eachObjectIsFoundOnceAndBeforeWhatItHolds() {
        Mapper<String, String> inner = word -> word;
        Mapper<String, String> outer = word -> inner.map(word) + "!";
        record Holder(List<Serializable> code) implements HoldsCode {}
        Holder holder = new Holder(List.of(outer, inner));

        assertThat(HeldCode.of(new Holder(List.of(holder, inner))))
                .containsExactly(holder, outer, inner);
    }

    @Test
    void nullAmongCodeIsRefused() {
        HoldsCode holder = () -> Arrays.asList((Serializable) null);

        assertThatThrownBy(() -> HeldCode.of(holder))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(holder.getClass().getName())
                .hasMessageContaining("must not contain null; leave out what is missing");
    }

    private static void read(Object holder, Set<Object> read) throws Exception {
        if (!read.add(holder)) {
            return;
        }
        if (holder instanceof Map<?, ?> map) {
            readAll(map.values(), read);
        } else if (holder instanceof Collection<?> collection) {
            readAll(collection, read);
        } else if (holder.getClass().getName().startsWith("dev.waxwing.")) {
            for (Field field : fields(holder.getClass())) {
                field.setAccessible(true);
                Object held = field.get(holder);
                if (held instanceof Serializable) {
                    read(held, read);
                }
            }
        }
    }

    private static void readAll(Collection<?> all, Set<Object> read) throws Exception {
        for (Object each : all) {
            read(each, read);
        }
    }

    private static Set<Object> onlyCode(Set<Object> objects) {
        Set<Object> code = identitySet();
        objects.stream().filter(each -> isCode(each.getClass())).forEach(code::add);
        return code;
    }

    private static boolean holdsFunctions(Class<?> type) {
        return Serializable.class.isAssignableFrom(type)
                && isMade(type)
                && !Source.class.isAssignableFrom(type)
                && !Sink.class.isAssignableFrom(type)
                && !TAKEN_APART.contains(type)
                && fields(type).stream().anyMatch(field -> namesCode(field.getGenericType()));
    }

    private static boolean namesCode(Type type) {
        if (type instanceof ParameterizedType generic) {
            return namesCode(generic.getRawType())
                    || Arrays.stream(generic.getActualTypeArguments())
                            .anyMatch(HeldCodeTest::namesCode);
        }
        return type instanceof Class<?> plain && isCode(plain);
    }

    private static boolean isCode(Class<?> type) {
        return Serializable.class.isAssignableFrom(type)
                && !CoreOperator.class.isAssignableFrom(type)
                && (HoldsCode.class.isAssignableFrom(type)
                        || Lifecycle.class.isAssignableFrom(type)
                        || Clock.class.isAssignableFrom(type)
                        || Windower.class.isAssignableFrom(type)
                        || isFunction(type));
    }

    private static boolean isFunction(Class<?> type) {
        return (type.isAnnotationPresent(FunctionalInterface.class)
                        && type.getName().startsWith("dev.waxwing."))
                || Arrays.stream(type.getInterfaces()).anyMatch(HeldCodeTest::isFunction);
    }

    private static boolean isMade(Class<?> type) {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
    }

    private static List<Field> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList();
    }

    private static List<Class<?>> libraryClasses() throws Exception {
        Path root =
                Path.of(
                        HoldsCode.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("dev"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                if (!name.endsWith("-info.class")) {
                    classes.add(
                            Class.forName(
                                    name.substring(0, name.length() - ".class".length()),
                                    false,
                                    HoldsCode.class.getClassLoader()));
                }
            }
        }
        return classes;
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
