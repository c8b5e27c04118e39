package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is taken of JSON, what is refused, and in which words; the same for lines and elements. */
final class StrictJsonTest {

    @TempDir Path directory;

    enum Level {
        INFO,
        WARN
    }

    record Inner(int n, List<Integer> more) {}

    record Outer(String name, Inner inner) {}

    record All(
            @Nullable String text,
            @Nullable Integer whole,
            @Nullable Boolean truth,
            @Nullable Level level,
            @Nullable Instant at,
            @Nullable Double real,
            int @Nullable [] ints,
            double @Nullable [] reals,
            boolean @Nullable [] truths,
            @Nullable List<String> texts,
            @Nullable Map<Integer, Level> byNumber,
            @Nullable Set<Level> levels,
            @Nullable Inner inner,
            Optional<Integer> maybe,
            OptionalInt maybeInt,
            OptionalDouble maybeReal) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"whole\":7.9}",
                "{\"whole\":7.0}",
                "{\"whole\":\"7\"}",
                "{\"whole\":\"\"}",
                "{\"whole\":true}",
                "{\"whole\":[7]}",
                "{\"whole\":{}}",
                "{\"whole\":1e1000000000}",
                "{\"truth\":2}",
                "{\"truth\":0}",
                "{\"truth\":\"true\"}",
                "{\"text\":7}",
                "{\"text\":7.5}",
                "{\"text\":true}",
                "{\"text\":[\"a\"]}",
                "{\"text\":\"\\ud83d\"}",
                "{\"level\":1}",
                "{\"level\":\"1\"}",
                "{\"level\":\"info\"}",
                "{\"level\":\" INFO\"}",
                "{\"level\":\"\"}",
                "{\"level\":[\"INFO\"]}",
                "{\"at\":1700000000}",
                "{\"at\":1700000000.5}",
                "{\"at\":[2026,1,1]}",
                "{\"at\":\"1700000000\"}",
                "{\"at\":\"\"}",
                "{\"real\":\"NaN\"}",
                "{\"real\":1e400}",
                "{\"real\":\"1\"}",
                "{\"ints\":[7.9]}",
                "{\"ints\":[\"7\"]}",
                "{\"ints\":[null]}",
                "{\"ints\":7}",
                "{\"ints\":\"\"}",
                "{\"reals\":[1e400]}",
                "{\"reals\":[\"NaN\"]}",
                "{\"reals\":[null]}",
                "{\"reals\":1.5}",
                "{\"truths\":[1]}",
                "{\"texts\":\"a\"}",
                "{\"texts\":\"\"}",
                "{\"texts\":[1]}",
                "{\"texts\":[null]}",
                "{\"texts\":{}}",
                "{\"byNumber\":{\"07\":\"INFO\"}}",
                "{\"byNumber\":{\"\":\"INFO\"}}",
                "{\"byNumber\":{\"7\":0}}",
                "{\"byNumber\":{\"7\":null}}",
                "{\"byNumber\":{\"7\":\"INFO\",\"7\":\"WARN\"}}",
                "{\"levels\":[0]}",
                "{\"levels\":\"INFO\"}",
                "{\"inner\":\"\"}",
                "{\"inner\":[]}",
                "{\"inner\":5}",
                "{\"inner\":{\"n\":1}}",
                "{\"inner\":{\"n\":null,\"more\":[]}}",
                "{\"inner\":{\"n\":1,\"more\":null}}",
                "{\"inner\":{\"n\":1,\"more\":[null]}}",
                "{\"inner\":{\"n\":1,\"n\":2,\"more\":[]}}",
                "{\"maybe\":7.9}",
                "{\"maybe\":\"\"}",
                "{\"maybeInt\":7.9}",
                "{\"maybeInt\":\"7\"}",
                "{\"maybeReal\":1e400}",
                "{\"maybeReal\":\"\"}",
                "{\"text\":\"a\",\"text\":\"a\"}",
                "{\"unknown\":{\"a\":1,\"a\":2}}",
                "[{\"text\":\"a\"}]",
                "[]",
                "\"\"",
                "5",
                "null",
            })
    void documentThatWouldBeChangedIsRejected(String document) throws Exception {
        for (Collected<All> found : bothWays(All.class, document)) {
            assertThat(found.items).isEmpty();
            assertThat(found.rejected).containsExactly(document);
            assertThat(found.reason()).doesNotContain("Feature", "Config", "Constraints", "Mapper");
        }
    }

    @Test
    void whatIsNoJsonIsRejectedAsALineAndAsAnElement() throws Exception {
        String document = "{\"real\":NaN}";
        Path lines = Files.writeString(directory.resolve("in.jsonl"), document + "\n");
        Path array = Files.writeString(directory.resolve("in.json"), "[" + document + "]");

        assertThat(words(Collected.all(JsonFiles.lines(lines, All.class)).reason()))
                .endsWith("it is no JSON for All: Non-standard token 'NaN'");
        assertThat(words(Collected.all(JsonFiles.elements(array, "", All.class)).reason()))
                .endsWith("element 1: cannot be read as All: Non-standard token 'NaN'");
    }

    @Test
    void valueThatIsWrongIsNamedWithItsPathAndWhatWasExpected() throws Exception {
        assertThat(reason(Outer.class, "{\"name\":\"a\",\"inner\":{\"n\":1,\"more\":[1,2.5]}}"))
                .endsWith(
                        "'inner.more[1]' must be a whole number from -2147483648 to 2147483647,"
                                + " but was '2.5'");
        assertThat(reason(Outer.class, "{\"name\":7,\"inner\":{\"n\":1,\"more\":[]}}"))
                .endsWith("'name' must be a string, but was 7");
    }

    @Test
    void whatIsMissingOrNullIsNamedWithWhatToDo() throws Exception {
        String advice =
                "; write a value, or declare that place as Optional or @Nullable, and not as a"
                        + " primitive";

        assertThat(reason(Outer.class, "{\"inner\":{\"n\":1,\"more\":[]}}"))
                .endsWith("'name' is missing" + advice);
        assertThat(reason(Outer.class, "{\"name\":\"a\",\"inner\":{\"more\":[]}}"))
                .endsWith("'inner.n' is missing" + advice);
        assertThat(reason(Outer.class, "{\"name\":null,\"inner\":{\"n\":1,\"more\":[]}}"))
                .endsWith("'name' is null, or has a null in it" + advice);
    }

    @SuppressWarnings("NullablePrimitive")
    record Odd(@Nullable int number) {}

    @Test
    void primitiveTakesNoNullWhateverItsAnnotations() throws Exception {
        assertThat(reason(Odd.class, "{}")).contains("'number' is missing");
        assertThat(reason(Odd.class, "{\"number\":null}")).contains("'number' is null");
    }

    @Test
    void longTextIsNotRepeatedWhole() throws Exception {
        String text = "x".repeat(100_000);

        assertThat(reason(Odd.class, "{\"number\":\"" + text + "\"}")).hasSizeLessThan(400);
        assertThat(reason(Amount.class, "{\"amount\":[\"" + text + "\"]}")).hasSizeLessThan(400);
    }

    @Test
    void nullableAndOptionalTakeNullAndNothing() throws Exception {
        String nulls = "{\"text\":null,\"whole\":null,\"maybe\":null,\"maybeInt\":null}";

        for (String document : List.of("{}", nulls)) {
            for (Collected<All> found : bothWays(All.class, document)) {
                All item = found.items.get(0);
                assertThat(item.text()).isNull();
                assertThat(item.whole()).isNull();
                assertThat(item.maybe()).isEmpty();
                assertThat(item.maybeInt()).isEmpty();
                assertThat(item.maybeReal()).isEmpty();
            }
        }
    }

    record Elements(List<@Nullable String> list, Map<String, @Nullable Integer> map, Object any) {}

    @Test
    void elementsThatAreDeclaredNullableTakeNull() throws Exception {
        String document =
                "{\"list\":[null,\"a\"],\"map\":{\"k\":null},\"any\":{\"a\":[null,1.10]}}";

        for (Collected<Elements> found : bothWays(Elements.class, document)) {
            assertThat(found.items.get(0).list()).containsExactly(null, "a");
            assertThat(found.items.get(0).map()).containsEntry("k", null);
            assertThat(found.items.get(0).any())
                    .isEqualTo(Map.of("a", Arrays.asList(null, new BigDecimal("1.10"))));
        }
    }

    record Compact(@Nullable String a, String b) {
        Compact(String a, String b) {
            this.a = a;
            this.b = b;
        }
    }

    @Test
    void annotationOfAComponentCountsThoughItsConstructorIsWrittenOut() throws Exception {
        assertThat(bothWays(Compact.class, "{\"b\":\"x\"}"))
                .allSatisfy(
                        found -> assertThat(found.items).containsExactly(new Compact(null, "x")));
    }

    /** A class with setters. */
    static final class Bean {
        private String name = "none";
        @Nullable private String more = "none";

        public void setName(String name) {
            this.name = name;
        }

        public void setMore(@Nullable String more) {
            this.more = more;
        }

        public void setMaybe(Optional<String> maybe) {
            this.more = maybe.orElse("nothing");
        }

        public void setNames(List<String> names) {
            this.name = names.toString();
        }

        public void setNumber(int number) {
            this.name = "number " + number;
        }
    }

    @Test
    void settersTakeNullWhereTheyAreDeclaredTo() throws Exception {
        Collected<Bean> found = bothWays(Bean.class, "{\"more\":null}").get(0);

        assertThat(found.items.get(0).name).isEqualTo("none");
        assertThat(found.items.get(0).more).isNull();
        assertThat(bothWays(Bean.class, "{\"maybe\":null}").get(0).items.get(0).more)
                .isEqualTo("nothing");
        assertThat(reason(Bean.class, "{\"name\":null}")).contains("'name' is null");
        assertThat(reason(Bean.class, "{\"names\":[null]}")).contains("'names");
        assertThat(reason(Bean.class, "{\"number\":null}")).contains("'number' is null");
    }

    @Test
    void namesThatTheTypeDoesNotHaveAreLeftOut() throws Exception {
        assertThat(bothWays(Inner.class, "{\"x\":[{\"n\":7}],\"n\":1,\"more\":[]}"))
                .allSatisfy(
                        found -> assertThat(found.items).containsExactly(new Inner(1, List.of())));
    }

    @Test
    void numbersOfTreesKeepTheirDigits() throws Exception {
        String document =
                "{\"a\":12345678901234567.89,\"b\":100.10,\"c\":123456789012345678901234567890,"
                        + "\"d\":1E+400}";

        for (Collected<JsonNode> found : bothWays(JsonNode.class, document)) {
            assertThat(found.items.get(0)).hasToString(document);
            Path copy = directory.resolve("copy.jsonl");
            Files.deleteIfExists(copy);
            try (var partition =
                    JsonFiles.append(copy).buildPart("flow.out", copy.toString(), null)) {
                partition.writeBatch(List.copyOf(found.items));
            }
            assertThat(copy).hasContent(document);
        }
    }

    record Amount(BigDecimal amount) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567.89",
                "0.12345678901234567890",
                "100.10",
                "123456789012345678901234567890"
            })
    void decimalsKeepTheirDigits(String number) throws Exception {
        assertThat(bothWays(Amount.class, "{\"amount\":" + number + "}"))
                .allSatisfy(
                        found ->
                                assertThat(found.items)
                                        .containsExactly(new Amount(new BigDecimal(number))));
    }

    /** One of two kinds, told by a property that may come last. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Shape {}

    record Circle(BigDecimal radius, double turn) implements Shape {}

    record Square(long side) implements Shape {}

    @Test
    void sealedInterfacesKeepDigitsWhereverTheKindStands() throws Exception {
        String circle = "{\"radius\":100.10,\"turn\":0.1,\"kind\":\"StrictJsonTest$Circle\"}";

        assertThat(bothWays(Shape.class, circle))
                .allSatisfy(
                        found ->
                                assertThat(found.items)
                                        .containsExactly(
                                                new Circle(new BigDecimal("100.10"), 0.1)));
        assertThat(bothWays(Shape.class, "{\"side\":1,\"kind\":\"Triangle\"}"))
                .allSatisfy(found -> assertThat(found.items).isEmpty());
        assertThat(bothWays(Shape.class, "{\"turn\":1e400,\"radius\":1,\"kind\":\"Circle\"}"))
                .allSatisfy(found -> assertThat(found.items).isEmpty());
    }

    record Formatted(
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate day,
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant at) {}

    @Test
    void formatsOfTheUsersOwnAreThoseOfJackson() throws Exception {
        Formatted item = new Formatted(LocalDate.of(2026, 1, 31), Instant.ofEpochSecond(5));
        Path file = directory.resolve("formatted.jsonl");
        try (var partition = JsonFiles.append(file).buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(item));
        }

        assertThat(Files.readString(file)).contains("31.01.2026");
        assertThat(Collected.all(JsonFiles.lines(file, Formatted.class)).items)
                .containsExactly(item);
    }

    record Wide(
            Map<LocalTime, List<UUID>> times,
            Map<Level, OffsetDateTime> byLevel,
            Map<Double, BigInteger> numbers,
            Set<Level> levels,
            Optional<Instant> at,
            OptionalDouble real,
            Inner inner) {}

    record Arrays2(byte[] bytes, double[] reals, float[] floats, long[] longs, String[] texts) {}

    @Test
    void nestedValuesMapsAndArraysComeBack() throws Exception {
        Wide wide =
                new Wide(
                        Map.of(LocalTime.of(10, 15), List.of(new UUID(1, 2))),
                        Map.of(Level.WARN, OffsetDateTime.parse("2026-01-01T00:00:00+05:45")),
                        Map.of(1e22, BigInteger.TEN.pow(100)),
                        EnumSet.allOf(Level.class),
                        Optional.of(Instant.EPOCH),
                        OptionalDouble.of(0.1),
                        new Inner(1, List.of(2, 3)));
        Arrays2 arrays =
                new Arrays2(
                        new byte[] {0, -1, 127},
                        new double[] {0.1, -0.0},
                        new float[] {0.1f},
                        new long[] {Long.MIN_VALUE},
                        new String[] {"", "a"});
        Path file = directory.resolve("wide.jsonl");
        Path other = directory.resolve("arrays.jsonl");
        append(file, wide);
        append(other, arrays);

        assertThat(Collected.all(JsonFiles.lines(file, Wide.class)).items).containsExactly(wide);
        assertThat(Collected.all(JsonFiles.lines(other, Arrays2.class)).items)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(arrays);
    }

    @Test
    void documentsThatAreTooDeepOrHaveTooLongNumbersAreRejectedAndReadingGoesOn() throws Exception {
        String deep = "[".repeat(2_000) + "]".repeat(2_000);
        String wide = "1".repeat(2_000);
        String text = deep + "\n" + wide + "\n7\n";
        Path lines = Files.writeString(directory.resolve("a.jsonl"), text);
        Path array =
                Files.writeString(directory.resolve("a.json"), "[" + deep + "," + wide + ",7]");

        for (Collected<JsonNode> found :
                List.of(
                        Collected.all(JsonFiles.lines(lines)),
                        Collected.all(JsonFiles.elements(array, "", JsonNode.class)))) {
            assertThat(found.items).extracting(JsonNode::toString).containsExactly("7");
            assertThat(found.causes)
                    .extracting(Throwable::getMessage)
                    .satisfiesExactly(
                            reason -> assertThat(reason).contains("depth").doesNotContain("from `"),
                            reason -> assertThat(reason).contains("1000").doesNotContain("from `"));
        }
    }

    @Test
    void anotherMapperMakesASourceLenient() throws Exception {
        Path lines = Files.writeString(directory.resolve("a.jsonl"), "{\"n\":7.9}\n");
        Path array = Files.writeString(directory.resolve("a.json"), "[{\"n\":7.9}]");

        assertThat(
                        Collected.all(
                                        JsonFiles.lines(lines, Inner.class)
                                                .withMapper(JsonMapper::shared))
                                .items)
                .containsExactly(new Inner(7, null));
        assertThat(
                        Collected.all(
                                        JsonFiles.elements(array, "", Inner.class)
                                                .withMapper(JsonMapper::shared))
                                .items)
                .containsExactly(new Inner(7, null));
    }

    @Test
    void elementsAreCutOutWhateverIsAroundThem() throws Exception {
        String head = "\uFEFF{\"x\":\"" + "é".repeat(100_000) + "\", \"a\" : [ ";
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            elements.add("{ \"n\" : %d , \"more\":[ 1,2 ] }".formatted(i));
        }
        elements.add("{\"n\":1.5,\"more\":[],\"😀\":\"]},\\\"\"}");
        Path array =
                Files.writeString(
                        directory.resolve("a.json"),
                        head + String.join(" ,\n ", elements) + " ] , \"z\":1}");

        Collected<Inner> found = Collected.all(JsonFiles.elements(array, "/a", Inner.class));

        assertThat(found.items).hasSize(3_000).contains(new Inner(2_999, List.of(1, 2)));
        assertThat(found.rejected).containsExactly(elements.get(3_000));
    }

    @Test
    void documentInUtf16IsRefusedInWords() throws Exception {
        Path array = directory.resolve("a.json");
        Files.write(array, "[1]".getBytes(StandardCharsets.UTF_16LE));

        assertThatThrownBy(() -> Collected.all(JsonFiles.elements(array, "", Integer.class)))
                .hasMessageContaining("must be in UTF-8");
    }

    private void append(Path file, Object item) throws Exception {
        try (var partition = JsonFiles.append(file).buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(item));
        }
    }

    private <T> String reason(Class<T> type, String document) throws Exception {
        List<Collected<T>> found = bothWays(type, document);
        String ofLine = words(found.get(0).reason());
        String ofElement = words(found.get(1).reason());
        String words = ofLine.substring(ofLine.indexOf(type.getSimpleName()));
        assertThat(ofElement).endsWith(words);
        return ofLine;
    }

    /* The same for lines and elements. */
    private static String words(String reason) {
        return reason.replaceFirst(" \\(it begins at byte \\d+\\)$", "");
    }

    /** What a document becomes as a line, and as an element of an array. */
    private <T> List<Collected<T>> bothWays(Class<T> type, String document) throws Exception {
        Path lines = Files.writeString(directory.resolve("in.jsonl"), document + "\n");
        Path array = Files.writeString(directory.resolve("in.json"), "[" + document + "]");
        return List.of(
                Collected.all(JsonFiles.lines(lines, type)),
                Collected.all(JsonFiles.elements(array, "", type)));
    }
}
