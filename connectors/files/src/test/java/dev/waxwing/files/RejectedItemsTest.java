package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waxwing.Dataflow;
import dev.waxwing.embedded.EmbeddedOptions;
import dev.waxwing.embedded.Waxwing;
import dev.waxwing.source.Source;
import dev.waxwing.step.DeadLetter;
import dev.waxwing.step.FailurePolicy;
import dev.waxwing.testing.TestSink;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter of anything that is read from a file names file, line and offset. */
final class RejectedItemsTest {

    @TempDir Path directory;

    @Test
    void textNamesItsPlace() throws Exception {
        Path file = write("in.txt", "a\n\u00ffb\nlonger\nc\n");

        var source = TextFiles.lines(file).withLineBytesMax(4);

        assertThat(letters(source)).containsExactly(file + " 2 2", file + " 3 5");
        assertThat(letters(source.numbered())).containsExactly(file + " 2 2", file + " 3 5");
    }

    @Test
    void packedTextNamesTheOffsetInWhatWasPacked() throws Exception {
        LogDirectory.pack(write("in.txt", "a\n\u00ff\n"));

        assertThat(letters(TextFiles.directory(directory, "*.gz")))
                .containsExactly("in.txt.gz 2 2");
    }

    @Test
    void textThatIsReadInOrderNamesTheFile() throws Exception {
        write("a.log", "a\n\u00ff\n");
        write("b.log", "\u00ff\n");

        assertThat(letters(TextFiles.directory(directory, "*.log").withOrder(FileOrder.NAME)))
                .containsExactly("a.log 2 2", "b.log 1 0");
    }

    @Test
    void restOfALineThatWasReadTooEarlyNamesItsPlace() throws Exception {
        Path file = write("in.txt", "a\nb");
        var source = TextFiles.lines(file);
        FilePosition position;
        try (var partition = source.buildPart("flow.in", file.toString(), null)) {
            partition.nextBatch(new Collected<>());
            position = partition.snapshot();
        }
        write("in.txt", "a\nbc\nd\n");

        assertThat(places(Collected.from(source, position).causes)).containsExactly(file + " 2 3");
    }

    @Test
    void rowsNameTheirPlace() throws Exception {
        Path file = write("in.csv", "k,v\n1,\"x\ny\"\n1\n2,z\n\u00ff,1\n\"open");

        assertThat(letters(CsvFiles.rows(file)))
                .containsExactly(file + " 4 12", file + " 6 18", file + " 7 22");
    }

    @Test
    void linesOfJsonNameTheirPlace() throws Exception {
        Path file = write("in.json", "1\n\n{\n2\nnull\n");

        assertThat(letters(JsonFiles.lines(file, Integer.class)))
                .containsExactly(file + " 3 3", file + " 5 7");
    }

    @Test
    void elementsOfJsonNameTheirPlace() throws Exception {
        Path file = write("in.json", "{\"all\": [1,\n  \"e\", 2,\n\n null]}");

        assertThat(letters(JsonFiles.elements(file, "/all", Integer.class)))
                .containsExactly(file + " 2 14", file + " 4 24");
    }

    @Test
    void standardInputNamesItsPlace() throws Exception {
        InputStream former = System.in;
        try {
            System.setIn(
                    new ByteArrayInputStream("a\n\u00ff\n".getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(letters(StandardStreams.in())).containsExactly("standard input 2 2");
        } finally {
            System.setIn(former);
        }
    }

    private static List<String> letters(Source<?> source) throws Exception {
        TestSink<DeadLetter> letters = new TestSink<>();
        var flow = Dataflow.named("flow");
        var items = flow.input("in", source).onFailure(FailurePolicy.deadLetter());
        items.output("items", TestSink.dynamic());
        items.deadLetters().output("letters", letters);
        Waxwing.run(flow, EmbeddedOptions.defaults());
        return places(letters.committed().stream().map(DeadLetter::cause).toList());
    }

    private static List<String> places(List<? extends Throwable> causes) {
        List<String> places = new ArrayList<>();
        for (Throwable each : causes) {
            MalformedRecordException cause = (MalformedRecordException) each;
            assertThat(cause)
                    .hasMessageStartingWith(cause.file() + ", line " + cause.line())
                    .hasMessageEndingWith("(it begins at byte " + cause.offset() + ")");
            places.add(cause.file() + " " + cause.line() + " " + cause.offset());
        }
        return places;
    }

    /* A character of ISO 8859-1 that is no ASCII is malformed where UTF-8 is expected. */
    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
    }
}
