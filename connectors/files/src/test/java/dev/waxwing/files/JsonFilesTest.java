package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.sink.PartialWriteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class JsonFilesTest {

    @TempDir Path directory;

    record Point(String name, double x) {}

    @Test
    void linesBecomeObjectsOfTheType() throws Exception {
        Path file = write("{\"name\":\"é\",\"x\":1}\n\n{\"x\":2.5,\"name\":\"b\",\"more\":[1]}\n");

        assertThat(Collected.all(JsonFiles.lines(file, Point.class)).items)
                .containsExactly(new Point("é", 1), new Point("b", 2.5));
    }

    @Test
    void linesBecomeTreesWithoutAType() throws Exception {
        var items = Collected.all(JsonFiles.lines(write("{\"a\":[1,2]}\n3\n"))).items;

        assertThat(items).extracting(JsonNode::toString).containsExactly("{\"a\":[1,2]}", "3");
    }

    @Test
    void malformedLineIsRejectedWithFileAndLine() throws Exception {
        Path file =
                write(
                        """
                        {"name":"a","x":1}
                        {"name":
                        {"name":"b","x":"y"}
                        {} {}
                        null
                        """);

        var collected = Collected.all(JsonFiles.lines(file, Point.class));

        assertThat(collected.items).containsExactly(new Point("a", 1));
        assertThat(collected.rejected)
                .containsExactly("{\"name\":", "{\"name\":\"b\",\"x\":\"y\"}", "{} {}", "null");
        assertThat(collected.causes)
                .extracting(Exception::getMessage)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith(file + ", line 2: it is no JSON"),
                        reason -> assertThat(reason).contains("line 3", "double"),
                        reason -> assertThat(reason).contains("line 4"),
                        reason -> assertThat(reason).contains("line 5", "is null"));
    }

    @Test
    void nullForANumberIsExplainedWithoutSettingsOfJackson() throws Exception {
        Path file = write("{\"name\":\"a\",\"x\":null}\n");

        assertThat(Collected.all(JsonFiles.lines(file, Point.class)).causes)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining(
                        "'x' is null, or has a null in it; write a value, or declare that place"
                                + " as Optional or @Nullable, and not as a primitive");
    }

    @Test
    void reasonsOfJacksonComeWithoutItsSettings() throws Exception {
        Path file =
                write(
                        """
                        {"name":"a","x":""}
                        {} {}
                        {"x":NaN}
                        {"x":1 /* */}
                        ""
                        """);

        assertThat(Collected.all(JsonFiles.lines(file, Point.class)).causes)
                .hasSize(5)
                .extracting(Exception::getMessage)
                .noneMatch(reason -> reason.contains("Feature") || reason.contains("Config"));
    }

    @Test
    void linesResumeAtAPosition() throws Exception {
        Path file = write("1\n2\n3\n");

        assertThat(
                        Collected.from(
                                        JsonFiles.lines(file, Integer.class),
                                        new FilePosition(file.toString(), 2, 1))
                                .items)
                .containsExactly(2, 3);
    }

    @Test
    void elementsOfAnArrayAreReadOneByOne() throws Exception {
        Path file =
                write(
                        "{\"type\":\"x\",\"deep\":{\"features\":[0]},\"features\":"
                                + "[{\"name\":\"a\",\"x\":1},\n{\"name\":\"b\",\"x\":2}],\"z\":1}");

        assertThat(Collected.all(JsonFiles.elements(file, "/features", Point.class)).items)
                .containsExactly(new Point("a", 1), new Point("b", 2));
        assertThat(Collected.all(JsonFiles.elements(file, "/deep/features", Integer.class)).items)
                .containsExactly(0);
    }

    @Test
    void documentThatIsTheArrayAndArraysWithinArrays() throws Exception {
        Path file = write("[[1,2],[3],[]]");

        assertThat(Collected.all(JsonFiles.elements(file, "", JsonNode.class)).items).hasSize(3);
        assertThat(Collected.all(JsonFiles.elements(file, "/1", Integer.class)).items)
                .containsExactly(3);
    }

    @Test
    void elementThatIsMalformedIsRejectedAndReadingGoesOn() throws Exception {
        for (String malformed :
                List.of(
                        "{\"a\":[3,, 4], \"b\":[5, 6]}",
                        "{\"a\":}",
                        "tru",
                        "2 3",
                        "3e",
                        "NaN",
                        "",
                        "{\"a\":1}{\"a\":2}",
                        "\"a\tb\"",
                        "{'a,b': [1]}")) {
            for (String end : List.of(", 4]", "]")) {
                var source =
                        JsonFiles.elements(write("[1, " + malformed + end), "", JsonNode.class);

                var collected = Collected.all(source);

                assertThat(collected.rejected).as(malformed).containsExactly(malformed);
                assertThat(collected.reason()).contains("element 2: cannot be read as JsonNode");
                assertThat(collected.items).hasSize(1 + end.length() / 3);
            }
        }
    }

    @Test
    void elementsBehindABracketThatDoesNotMatchAreNeverReadHoweverOftenItIsRetried()
            throws Exception {
        for (String malformed :
                List.of(
                        "[1, 2, {\"a\": 1], 4]",
                        "[1, 2, 3}",
                        "[1, 2, \"a, 4]",
                        "[1, 2, {\"a\": 1",
                        "[1, 2, 3",
                        "[1, 2,")) {
            assertThatRetriesRepeatTheFailure(write(malformed), malformed);
        }
    }

    @Test
    void documentIsReadToItsEndThoughNothingOfItIsAnElement() throws Exception {
        assertThat(elements("/a", "{\"a\":[1],\"b\":{\"a\":[2]}} \n")).containsExactly("1");
        assertThat(elements("/a/1", "{\"x\":0,\"a\":[0,[1],2],\"y\":3}")).containsExactly("1");
        for (String text :
                List.of(
                        "{\"a\":[1],\"a\":[2]}",
                        "{\"a\":[1],\"b\":",
                        "{\"a\":[1]",
                        "{\"a\":[1]]",
                        "{\"a\":[1],\"b\":NaN}")) {
            assertThatThrownBy(() -> elements("/a", text))
                    .as(text)
                    .hasMessageContaining("no well-formed JSON, behind the array at '/a'")
                    .hasMessageContaining("which ends at byte 8");
        }
    }

    @Test
    void secondDocumentBehindTheFirstIsNotPassedOver() {
        for (String text : List.of("[1]\n[2]", "[1]]", "[1], 2", "[1] x")) {
            assertThatThrownBy(() -> elements("", text)).as(text).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> elements("", "[1]\n[2]"))
                .hasMessageContaining("has more behind the document with the array at ''")
                .hasMessageContaining("from byte 4 on")
                .hasMessageContaining("make it files of one document each");
    }

    @Test
    void elementsThatWereReadAreKeptIfTheEndIsMalformed() throws Exception {
        Path file = write("{\"a\":[1,2], \"b\"");
        var source = JsonFiles.elements(file, "/a", Integer.class);
        var collected = new Collected<Integer>();
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> collected.drain(partition))
                        .hasMessageContaining("behind the array");
            }
            assertThat(partition.snapshot().index()).isEqualTo(2);
        }
        assertThat(collected.items).containsExactly(1, 2);
    }

    private List<String> elements(String pointer, String text) throws Exception {
        var source = JsonFiles.elements(write(text), pointer, JsonNode.class);
        return Collected.all(source).items.stream().map(JsonNode::toString).toList();
    }

    private static void assertThatRetriesRepeatTheFailure(Path file, String text) throws Exception {
        var source = JsonFiles.elements(file, "", JsonNode.class);
        var collected = new Collected<JsonNode>();
        try (var partition = source.buildPart("flow.input", source.listParts().get(0), null)) {
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThatThrownBy(() -> collected.drain(partition))
                        .as("attempt %s of %s", attempt, text)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("is no well-formed JSON")
                        .hasMessageContaining("in element 3");
                assertThat(partition.snapshot().index()).isEqualTo(2);
            }
        }
        assertThat(collected.items)
                .as(text)
                .extracting(JsonNode::toString)
                .containsExactly("1", "2");
        assertThat(collected.rejected).isEmpty();
    }

    @Test
    void elementsAreReadOnWhereTheFileIsRepaired() throws Exception {
        Path file = write("[1, 2, {true, 4]");
        var source = JsonFiles.elements(file, "", JsonNode.class);
        var collected = new Collected<JsonNode>();
        try (var partition = source.buildPart("flow.input", source.listParts().get(0), null)) {
            assertThatThrownBy(() -> collected.drain(partition)).isInstanceOf(IOException.class);
            Files.writeString(file, "[1, 2, true, 4]");
            collected.drain(partition);
        }
        assertThat(collected.items)
                .extracting(JsonNode::toString)
                .containsExactly("1", "2", "true", "4");
    }

    @Test
    void elementsResumeAtEveryIndex() throws Exception {
        Path file = write("{\"a\":[10,{\"b\":[1]},12]}");
        var source = JsonFiles.elements(file, "/a", JsonNode.class).withBatchItems(1);
        var whole = Collected.all(source).items;

        for (int index = 0; index <= 3; index++) {
            var position = new ElementPosition(file.toString(), index);
            assertThat(Collected.from(source, position).items)
                    .isEqualTo(whole.subList(index, whole.size()));
        }
        assertThatThrownBy(() -> Collected.from(source, new ElementPosition(file.toString(), 4)))
                .hasMessageContaining("up to element 4 but now has 3");
    }

    @Test
    void snapshotOfElementsCountsThoseThatWereRead() throws Exception {
        Path file = write("[1,2,3]");
        var source = JsonFiles.elements(file, "", Integer.class).withBatchItems(2);

        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            partition.nextBatch(new Collected<>());
            assertThat(partition.snapshot().index()).isEqualTo(2);
        }
    }

    @Test
    void elementOfAnotherTypeIsRejectedWithItsNumber() throws Exception {
        Path file = write("[1,\"two\",null,4]");

        var collected = Collected.all(JsonFiles.elements(file, "", Integer.class));

        assertThat(collected.items).containsExactly(1, 4);
        assertThat(collected.rejected).containsExactly("\"two\"", "null");
        assertThat(collected.causes.get(0)).hasMessageContaining("element 2: cannot be read");
        assertThat(collected.causes.get(1)).hasMessageContaining("element 3: is null");
    }

    @Test
    void cutDocumentFailsWithItsElement() throws Exception {
        Path file = write("[1,2,{\"a\":");
        var source = JsonFiles.elements(file, "", JsonNode.class);

        assertThatThrownBy(() -> Collected.all(source))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "no well-formed JSON, in element 3: at byte 10 there is the end");
    }

    @Test
    void pointerToNothingOrToNoArrayIsRefused() throws Exception {
        Path file = write("{\"a\":{\"b\":1}}");

        assertThatThrownBy(() -> Collected.all(JsonFiles.elements(file, "/x", JsonNode.class)))
                .hasMessageContaining("has nothing at '/x'");
        assertThatThrownBy(() -> Collected.all(JsonFiles.elements(file, "/a", JsonNode.class)))
                .hasMessageContaining("has no array at '/a'");
        assertThatThrownBy(() -> JsonFiles.elements(file, "a", JsonNode.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itemsAreAppendedAsLinesOfJsonAndReadBack() throws Exception {
        Path file = directory.resolve("out.json");
        AppendSink<Object> sink = JsonFiles.append(file);
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            partition.writeBatch(List.of(new Point("a\nb", 1), Map.of("k", List.of(1, 2)), "s"));
        }

        assertThat(file).hasContent("{\"name\":\"a\\nb\",\"x\":1.0}\n{\"k\":[1,2]}\n\"s\"\n");
    }

    @Test
    void itemThatIsNoJsonLeavesNoTraceInTheFile() throws Exception {
        Path file = directory.resolve("out.json");
        AppendSink<Object> sink = JsonFiles.append(file);
        Object[] selfContained = new Object[1];
        selfContained[0] = new Failing("x");
        try (var partition = sink.buildPart("flow.out", file.toString(), null)) {
            assertThatThrownBy(() -> partition.writeBatch(List.of(1, List.of(2, selfContained), 3)))
                    .isInstanceOf(PartialWriteException.class)
                    .hasMessageContaining("no value today");
        }

        assertThat(file).hasContent("1\n3\n");
    }

    /** A record whose accessor fails. */
    record Failing(String value) {
        @Override
        public String value() {
            throw new IllegalStateException("no value today");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("in.json"), text);
    }
}
