package dev.waxwing.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceTest {

    @TempDir private Path directory;

    @Test
    void pathOfTheDefaultFileSystemTravelsAsItWasGiven() throws Exception {
        Place place = Place.of(Path.of("some/../file"));

        var in = new ObjectInputStream(new ByteArrayInputStream(travelling(place)));

        assertThat(((Place) in.readObject()).path()).isEqualTo(Path.of("some/../file"));
    }

    @Test
    void pathOfAnotherFileSystemIsUsedButDoesNotTravel() throws Exception {
        Path zip = directory.resolve("files.zip");
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Place place = Place.of(other.getPath("/file"));

            assertThat(place.path()).isEqualTo(other.getPath("/file"));
            assertThatThrownBy(() -> travelling(place))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessageContaining("path '/file' belongs to file system");
        }
    }

    private static byte[] travelling(Place place) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(place);
        }
        return bytes.toByteArray();
    }
}
