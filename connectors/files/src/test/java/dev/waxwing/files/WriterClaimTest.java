package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waxwing.run.FileAccess;
import dev.waxwing.sink.FencedException;
import dev.waxwing.sink.Marker;
import dev.waxwing.sink.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a writer is after executions have taken it over and given it back. */
final class WriterClaimTest {

    private static final UUID STORE = new UUID(1, 2);

    @TempDir private Path directory;

    @Test
    void writerThatIsGivenBackIsNobodys() throws Exception {
        WriterClaim claim = claim(1);
        claim.take();

        claim.release(taken(claim), null);

        assertThat(claim.look()).isNull();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void writerThatIsGivenBackIsOfTheOneBefore() throws Exception {
        WriterClaim first = claim(1);
        first.take();
        WriterClaim second = claim(2);
        Marker before = second.take();
        assertThatThrownBy(first::check).isInstanceOf(FencedException.class);

        second.release(taken(second), before);

        first.check();
    }

    @Test
    void writerThatWasTakenOverIsNotGivenBack() throws Exception {
        WriterClaim first = claim(1);
        first.take();
        Marker taken = taken(first);
        WriterClaim second = claim(2);
        second.take();

        first.release(taken, null);

        second.check();
    }

    @Test
    void writerThatHasShownSomethingIsNotGivenBack() throws Exception {
        WriterClaim claim = claim(1);
        claim.take();
        Marker taken = taken(claim);
        claim.reached(7);

        claim.release(taken, null);

        assertThat(taken(claim).epoch()).isEqualTo(7);
    }

    @Test
    void ownerFileOfAnotherFormOrLengthIsRefused() throws Exception {
        WriterClaim claim = claim(1);
        claim.take();
        Path file;
        try (var files = Files.list(directory)) {
            file = files.toList().get(0);
        }
        String text = Files.readString(file);

        Files.writeString(file, text + "more\n");
        assertThatThrownBy(claim::look).isInstanceOf(IOException.class);
        Files.writeString(file, text.replace("owner 2", "owner 3"));
        assertThatThrownBy(claim::look).isInstanceOf(IOException.class);
        Files.writeString(file, text.replace("epoch=", "epoch=0"));
        assertThatThrownBy(claim::look).hasMessageContaining("is not what was written there");
        Files.writeString(file, text);
        claim.check();
    }

    @Test
    void ownerFileOfTheFirstFormIsRefusedAndNamedAsSuch() throws Exception {
        WriterClaim claim = claim(1);
        claim.take();
        Path file;
        try (var files = Files.list(directory)) {
            file = files.toList().get(0);
        }
        Files.writeString(
                file,
                """
                waxwing owner 1
                epoch 0
                generation 1
                store 00000000-0000-0000-0000-000000000001
                execution 00000000-0000-0000-0000-000000000001
                """);

        assertThatThrownBy(claim::take)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form of an older version")
                .hasMessageContaining("waxwing recovery reset");
    }

    private static Marker taken(WriterClaim claim) throws IOException {
        Marker found = claim.look();
        assertThat(found).isNotNull();
        return found;
    }

    private WriterClaim claim(long generation) {
        var owner =
                new Owner(
                        STORE,
                        generation,
                        new UUID(0, generation),
                        found -> true,
                        false,
                        "flow",
                        "flow.out",
                        "a");
        return new WriterClaim(directory, new PartNames(owner, ".txt"), owner, FileAccess.OWNER);
    }
}
