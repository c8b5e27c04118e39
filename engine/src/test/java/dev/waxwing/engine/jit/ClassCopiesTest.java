package dev.waxwing.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.engine.link.Link;
import dev.waxwing.engine.state.StatefulLink;
import dev.waxwing.kernel.Kernel;
import dev.waxwing.kernel.KeyedKernel;
import dev.waxwing.kernel.Lifecycle;
import dev.waxwing.kernel.Outputs;
import dev.waxwing.kernel.Port;
import dev.waxwing.operators.Filter;
import dev.waxwing.state.LogicContext;
import dev.waxwing.state.Retain;
import dev.waxwing.state.StatefulLogic;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which classes get copies of their own, and what happens to the others. */
final class ClassCopiesTest {

    /** Links whose work is not in the chain's loop, or is large beside a call. */
    private static final Set<String> PLAIN_LINKS =
            Set.of(
                    "AsyncLink",
                    "DropLink",
                    "GuardedLink",
                    "HandLink",
                    "MergeLink",
                    "WatermarkLink");

    private final ClassCopies copies = new ClassCopies(true);

    static List<Class<?>> kernels() throws Exception {
        return classesBeside(Filter.class).stream()
                .filter(
                        type ->
                                Kernel.class.isAssignableFrom(type)
                                        || KeyedKernel.class.isAssignableFrom(type))
                .toList();
    }

    static List<Class<?>> links() throws Exception {
        List<Class<?>> all = new ArrayList<>(classesBeside(Link.class));
        all.addAll(classesBeside(StatefulLink.class));
        return all.stream()
                .filter(type -> type != Link.class && Link.class.isAssignableFrom(type))
                .filter(type -> !PLAIN_LINKS.contains(type.getSimpleName()))
                .filter(type -> type.getEnclosingClass() == null)
                .toList();
    }

    @Test
    void kernelsAndLinksAreFound() throws Exception {
        assertThat(kernels()).hasSizeGreaterThan(10);
        assertThat(links()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void kernelOfTheLibraryIsCopied(Class<?> type) throws Exception {
        assertThat(copies.canCopy(instance(type))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("links")
    void linkIsCopied(Class<?> type) throws Exception {
        Class<?> parameter = canonical(type).getParameterTypes()[0];
        Object link =
                parameter.getSimpleName().equals("Parts")
                        ? copies.link(type, instance(parameter))
                        : copies.make(type, arguments(canonical(type)));

        assertThat(link.getClass().isHidden()).isTrue();
    }

    @Test
    void copyDoesTheSameAndHasItsOwnState() throws Exception {
        Counting template = new Counting(10);

        Kernel<Integer, Integer> first = copies.like((Kernel<Integer, Integer>) template);
        Kernel<Integer, Integer> second = copies.like((Kernel<Integer, Integer>) template);

        assertThat(first.getClass().isHidden()).isTrue();
        assertThat(emitted(first, 1, 1)).containsExactly(11, 12);
        assertThat(emitted(second, 1)).containsExactly(11);
        assertThat(emitted(template, 1)).containsExactly(11);
    }

    @Test
    void whatBuildsOthersLikeItselfBuildsThemOfItsOwnClass() throws Exception {
        StatefulLogic.Builder<String, Integer, Integer, Integer> copy =
                copies.ofOwnClass(new Sum(2));

        assertThat(copy.getClass().isHidden()).isTrue();
        assertThat(copy.build(unused(), 1).getClass()).isEqualTo(copy.getClass());
        assertThat(copy.build(unused(), 1).snapshot()).isEqualTo(3);
    }

    @Test
    void whatCannotBeOfItsOwnClassStaysTheObjectThatItIs() {
        StatefulLogic.Builder<String, Integer, Integer, Integer> builder =
                (context, state) -> new Sum(2);

        assertThat(copies.ofOwnClass(builder)).isSameAs(builder);
        assertThat(new ClassCopies(false).ofOwnClass(new Sum(2))).isExactlyInstanceOf(Sum.class);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void kernelThatIsNotCopiedDoesTheSameAndIsNotShared(Kernel<Integer, Integer> template)
            throws Exception {
        Kernel<Integer, Integer> first = copies.like(template);
        Kernel<Integer, Integer> second = copies.like(template);

        assertThat(first.getClass()).isEqualTo(template.getClass());
        assertThat(emitted(first, 1, 1)).containsExactly(1, 2);
        assertThat(emitted(second, 1)).containsExactly(1);
        assertThat(emitted(template, 1)).containsExactly(1);
    }

    static List<Kernel<Integer, Integer>> odd() {
        return List.of(new Open(), new TwoConstructors(), new NamesItself(), new KeepsAList());
    }

    @Test
    void kernelWithoutStateThatIsNotCopiedIsShared() {
        Kernel<Integer, Integer> kernel = (item, out) -> out.emit(item + offset());
        Stateless template = new Stateless("a", 1);

        assertThat(copies.like(template)).isSameAs(template);
        assertThat(copies.like(kernel)).isNotNull();
    }

    @Test
    void kernelMayCallPrivateMethodsOfItsNest() throws Exception {
        Lifecycle copy = copies.like(new CallsItsNest());

        assertThat(copy.getClass().isHidden()).isTrue();
        assertThat(emitted(copy, 1)).containsExactly(8);
    }

    @Test
    void kernelWithStaticStateIsNotCopied() throws Exception {
        StaticCount.calls = 0;

        emitted(copies.like(new StaticCount()), 1, 1);

        assertThat(StaticCount.calls).isEqualTo(2);
    }

    @Test
    void kernelWhoseStateWorkersWouldShareIsRefused() {
        assertThatThrownBy(() -> copies.like(new Unserializable(new Object(), 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unserializable keeps state in its field 'count'")
                .hasMessageContaining("make it a final class with one constructor");
    }

    @Test
    void withoutCopyingPlainClassesDoTheSame() throws Exception {
        Kernel<Integer, Integer> own =
                new ClassCopies(false).like((Kernel<Integer, Integer>) new Counting(10));

        assertThat(own.getClass()).isEqualTo(Counting.class);
        assertThat(emitted(own, 1, 1)).containsExactly(11, 12);
    }

    private static int offset() {
        return 7;
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> emitted(Lifecycle kernel, int... items) throws Exception {
        List<Integer> emitted = new ArrayList<>();
        Outputs<Integer> out =
                new Outputs<>() {
                    @Override
                    public void emit(Integer item) {
                        emitted.add(item);
                    }

                    @Override
                    public <X> void emit(Port<X> port, X item) {
                        throw new AssertionError("has no ports");
                    }
                };
        for (int item : items) {
            ((Kernel<Integer, Integer>) kernel).onItem(item, out);
        }
        return emitted;
    }

    /** The concrete classes of a type's package, be they in a directory or in a jar. */
    private static List<Class<?>> classesBeside(Class<?> type)
            throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        try (JavaFileManager files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            for (JavaFileObject each :
                    files.list(
                            StandardLocation.CLASS_PATH,
                            type.getPackageName(),
                            Set.of(JavaFileObject.Kind.CLASS),
                            false)) {
                String name = files.inferBinaryName(StandardLocation.CLASS_PATH, each);
                Class<?> found = Class.forName(name);
                if (!found.isInterface() && !Modifier.isAbstract(found.getModifiers())) {
                    classes.add(found);
                }
            }
        }
        return classes;
    }

    private static Object instance(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = canonical(type);
        constructor.setAccessible(true);
        return constructor.newInstance(arguments(constructor));
    }

    /* That with the most parameters; others make these of fewer. */
    private static Constructor<?> canonical(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors())
                .max(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
    }

    /* Nulls and zeros. */
    private static Object[] arguments(Constructor<?> constructor) {
        return Stream.of(constructor.getParameterTypes())
                .map(type -> type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null)
                .toArray();
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T unused() {
        return null;
    }

    private static final class Sum
            implements StatefulLogic<Integer, Integer, Integer>,
                    StatefulLogic.Builder<String, Integer, Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final int step;
        private transient int sum;

        Sum(int step) {
            this.step = step;
        }

        @Override
        public StatefulLogic<Integer, Integer, Integer> build(
                LogicContext<String> context, Integer resumeState) {
            Sum built = new Sum(step);
            built.sum = resumeState + step;
            return built;
        }

        @Override
        public Retain onItem(Integer value, Outputs<? super Integer> out) {
            throw new AssertionError("is only built");
        }

        @Override
        public Integer snapshot() {
            return sum;
        }
    }

    private static final class Counting implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final int start;
        private int count;

        Counting(int start) {
            this.start = start;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            count += item;
            out.emit(start + count);
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    private static class Open implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private int count;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            count += item;
            out.emit(count);
        }
    }

    private static final class TwoConstructors implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private int count;

        TwoConstructors() {
            this(0);
        }

        TwoConstructors(int count) {
            this.count = count;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            count += item;
            out.emit(count);
        }
    }

    private static final class NamesItself implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private int count;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            add(this, item);
            out.emit(count);
        }

        private static void add(NamesItself kernel, int item) {
            kernel.count += item;
        }
    }

    private static final class KeepsAList implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final ArrayList<Integer> items = new ArrayList<>();

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            items.add(item);
            out.emit(items.size());
        }
    }

    private static final class Stateless implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final String text;

        Stateless(String text, int times) {
            this.text = text.repeat(times);
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(item + text.length());
        }
    }

    private static final class CallsItsNest implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(item + offset());
        }
    }

    private static final class StaticCount implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        static int calls;

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            calls++;
            out.emit(item);
        }
    }

    private static final class Unserializable implements Kernel<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final Object connection;

        private int count;

        Unserializable(Object connection, int first) {
            this.connection = connection;
            this.count = first;
        }

        @Override
        public void onItem(Integer item, Outputs<? super Integer> out) {
            out.emit(count++ + connection.hashCode());
        }
    }
}
